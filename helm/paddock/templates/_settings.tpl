{{/* Each part's settings file. Passwords are placeholders, which the Secret's passwords.yml fills. */}}

{{- define "paddock.manager.settings" -}}
{{- $values := .root.Values -}}
{{- if not $values.redis.addresses -}}
{{- fail "Set redis.addresses to where Redis is, like {redis.example.com:6379}." -}}
{{- end -}}
{{- $uris := list -}}
{{- range $values.redis.addresses -}}
{{- $uris = append $uris (printf "%s://:${redis-password}@%s" (ternary "rediss" "redis" $values.redis.tls) .) -}}
{{- end -}}
{{- if and (gt (len $uris) 1) (not $values.redis.cluster) -}}
{{- fail "Set redis.cluster to true, or redis.addresses to one address: several are those of a Redis Cluster." -}}
{{- end -}}
micronaut:
  server: {host: 0.0.0.0, port: {{ $values.manager.port }}}
redis:
  {{- if $values.redis.cluster }}
  uris: {{ toJson $uris }}
  {{- else }}
  uri: {{ first $uris | quote }}
  {{- end }}
{{ include "paddock.datasource" . }}
paddock:
  nats: {{ include "paddock.nats" . }}
  account:
    signing-key-file: /etc/paddock/secrets/signing-key.pem
  admin:
    token-file: /etc/paddock/secrets/admin-token
  inventory:
    url: {{ $values.manager.inventoryUrl | default (printf "http://%s-inventory:%v" .root.Release.Name $values.inventory.port) }}
    token-file: /etc/paddock/secrets/service-token
{{- end -}}

{{- define "paddock.inventory.settings" -}}
micronaut:
  server: {host: 0.0.0.0, port: {{ .root.Values.inventory.port }}}
{{ include "paddock.datasource" . }}
paddock:
  inventory:
    token-file: /etc/paddock/secrets/service-token
{{- end -}}

{{- define "paddock.director.settings" -}}
{{- $values := .root.Values -}}
micronaut:
  server: {host: 0.0.0.0, port: {{ $values.director.port }}}
paddock:
  nats: {{ include "paddock.nats" . }}
  director:
    region: {{ required "Set region to the name of the region that this cluster is, like eu-west." $values.region }}
    {{- with $values.pingUrl }}
    ping-url: {{ . | quote }}
    {{- end }}
    # As long as the pod: nothing in it is missed by another director.
    state-dir: /tmp/director
    account-seed-file: /etc/paddock/secrets/account.seed
    backend: kubernetes
    kubernetes:
      namespace: {{ include "paddock.serversNamespace" . }}
      {{- with $values.servers.natsUrl }}
      server-nats-url: {{ . | quote }}
      {{- end }}
      {{- with $values.servers.ports }}
      ports: {{ . | quote }}
      {{- end }}
{{- end -}}

{{- define "paddock.nats" -}}
{{- $url := required "Set nats.url to where NATS is, like nats://nats.example.com:4222." .root.Values.nats.url -}}
{{ dict "url" $url "creds-file" "/etc/paddock/secrets/nats.creds" | toJson }}
{{- end -}}

{{- define "paddock.datasource" -}}
{{- $mysql := .root.Values.mysql -}}
{{- $database := (index .root.Values .part).database -}}
{{- $address := required "Set mysql.address to where MySQL is, like mysql.example.com:3306." $mysql.address -}}
datasources:
  default:
    # Times are UTC on both sides.
    url: {{ printf "jdbc:mysql://%s/%s?connectionTimeZone=UTC%s" $address $database.name (ternary (printf "&%s" $mysql.parameters) "" (ne $mysql.parameters "")) | quote }}
    username: {{ $database.user }}
    password: ${mysql-password}
{{- end -}}
