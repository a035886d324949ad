{{/* Of all of them the argument is: dict "root" . "part" <key in values> "name" <of its image> */}}
{{- define "paddock.name" -}}
{{ .root.Release.Name }}-{{ .part }}
{{- end -}}

{{- define "paddock.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "paddock.labels" -}}
{{ include "paddock.selector" . }}
app.kubernetes.io/component: {{ .part }}
app.kubernetes.io/part-of: paddock
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{- define "paddock.serversNamespace" -}}
{{ .root.Values.servers.namespace | default .root.Release.Namespace }}
{{- end -}}
