{{/* One Deployment and its ServiceAccount. Argument: dict "root" . "part" <key in values> "name" <image and object name> */}}
{{- define "paddock.deployment" -}}
{{- $part := index .root.Values .part -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .root.Release.Name }}-{{ .part }}
  labels: {{- include "paddock.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .root.Release.Name }}-{{ .part }}
  labels: {{- include "paddock.labels" . | nindent 4 }}
spec:
  replicas: {{ $part.replicas }}
  selector:
    matchLabels: {{- include "paddock.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "paddock.labels" . | nindent 8 }}
    spec:
      serviceAccountName: {{ .root.Release.Name }}-{{ .part }}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: {{ .part }}
          image: "{{ .root.Values.image.registry }}/{{ .name }}:{{ .root.Chart.AppVersion }}"
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          env:
            - name: MICRONAUT_CONFIG_FILES
              value: /etc/paddock/application.yml
            {{- if eq .part "director" }}
            - name: PADDOCK_DIRECTOR_REGION
              value: {{ .root.Values.region | quote }}
            {{- end }}
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet: {path: /health/readiness, port: http}
            periodSeconds: 5
          livenessProbe:
            httpGet: {path: /health/liveness, port: http}
            initialDelaySeconds: 20
            periodSeconds: 10
          resources: {{- toYaml $part.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          volumeMounts:
            - {name: settings, mountPath: /etc/paddock, readOnly: true}
            - {name: tmp, mountPath: /tmp}
      volumes:
        - name: settings
          secret: {secretName: {{ $part.settingsSecret }}, defaultMode: 0440}
        - name: tmp
          emptyDir: {}
{{- end -}}

{{- define "paddock.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "paddock.labels" -}}
{{ include "paddock.selector" . }}
app.kubernetes.io/part-of: paddock
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- end -}}
