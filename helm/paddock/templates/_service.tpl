{{/*
What each of the three is: a ServiceAccount, its settings, a Deployment, and a PodDisruptionBudget where there is a second pod.
Argument: dict "root" . "part" <key in values> "name" <of its image>, and
  "grace"      seconds from being told to end to being killed; pods that players or others call pause 5 s of it first,
  "isCalled"   until nobody sends them anything more
  "mayAsk"     whether it may speak to the API server
*/}}
{{- define "paddock.service" -}}
{{- $part := index .root.Values .part -}}
{{- $settings := mergeOverwrite (include (printf "paddock.%s.settings" .part) . | fromYaml) $part.settings | toYaml -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "paddock.name" . }}
  labels: {{- include "paddock.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "paddock.name" . }}
  labels: {{- include "paddock.labels" . | nindent 4 }}
data:
  application.yml: | {{- $settings | nindent 4 }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "paddock.name" . }}
  labels: {{- include "paddock.labels" . | nindent 4 }}
spec:
  replicas: {{ $part.replicas }}
  revisionHistoryLimit: 3
  selector:
    matchLabels: {{- include "paddock.selector" . | nindent 6 }}
  strategy:
    # One more at a time; where they take a port of their node, there may be no room for one more.
    rollingUpdate: {{ ternary (dict "maxSurge" 0 "maxUnavailable" 1) (dict "maxSurge" 1 "maxUnavailable" 0) .root.Values.hostNetwork | toJson }}
  template:
    metadata:
      labels: {{- include "paddock.labels" . | nindent 8 }}
      annotations:
        # Other settings: other pods.
        paddock.dev/settings: {{ sha256sum $settings }}
    spec:
      serviceAccountName: {{ include "paddock.name" . }}
      automountServiceAccountToken: {{ .mayAsk }}
      # Or every Service of the namespace would be a setting: REDIS_PORT is redis.port.
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ .grace }}
      {{- if .root.Values.hostNetwork }}
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      {{- end }}
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      {{- with $part.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $part.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "paddock.selector" . | nindent 14 }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        runAsGroup: 65532
        fsGroup: 65532
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: {{ .part }}
          image: "{{ .root.Values.image.registry }}/{{ .name }}:{{ .root.Chart.AppVersion }}"
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          env:
            - name: MICRONAUT_CONFIG_FILES
              value: /etc/paddock/settings/application.yml{{ if $part.database }},/etc/paddock/secrets/passwords.yml{{ end }}
            {{- with $part.javaOptions }}
            - name: JDK_JAVA_OPTIONS
              value: {{ . | quote }}
            {{- end }}
          ports:
            - name: http
              containerPort: {{ $part.port }}
          # A start may wait a minute for a database, and takes another on a node where much starts at once.
          startupProbe:
            httpGet: {path: /health/liveness, port: http}
            periodSeconds: 2
            failureThreshold: 150
          readinessProbe:
            httpGet: {path: /health/readiness, port: http}
            periodSeconds: 2
            timeoutSeconds: 2
          livenessProbe:
            httpGet: {path: /health/liveness, port: http}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          {{- if .isCalled }}
          lifecycle:
            preStop:
              sleep: {seconds: 5}
          {{- end }}
          resources: {{- toYaml $part.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          volumeMounts:
            - {name: settings, mountPath: /etc/paddock/settings, readOnly: true}
            - {name: secrets, mountPath: /etc/paddock/secrets, readOnly: true}
            - {name: tmp, mountPath: /tmp}
      volumes:
        - name: settings
          configMap: {name: {{ include "paddock.name" . }}}
        - name: secrets
          secret: {secretName: {{ $part.existingSecret }}, defaultMode: 0440}
        - name: tmp
          emptyDir: {sizeLimit: 64Mi}
{{- if gt (int $part.replicas) 1 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "paddock.name" . }}
  labels: {{- include "paddock.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  # One that does not work may always go.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "paddock.selector" . | nindent 6 }}
{{- end }}
{{- end -}}
