{{- define "stockproof.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "stockproof.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* What all pods of the release have in common. */}}
{{- define "stockproof.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "stockproof.labels" -}}
{{ include "stockproof.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* Every Deployment of the release, as data: [{name, component, role, program, settings}]. */}}
{{- define "stockproof.workloads" -}}
{{- $workloads := list -}}
{{- range $service := list "tenancy" "sales" "stock" "purchasing" "catalog" -}}
{{- $own := index $.Values.services $service | default dict -}}
{{- range $role := list "api" "worker" -}}
{{- $settings := mergeOverwrite (deepCopy (index $.Values $role)) (deepCopy (index $own $role | default dict)) -}}
{{- $name := printf "%s-%s-%s" (include "stockproof.fullname" $) $service $role -}}
{{- $workloads = append $workloads (dict "name" $name "component" $service "role" $role "settings" $settings) -}}
{{- end -}}
{{- end -}}
{{- if .Values.gateway.enabled -}}
{{- $name := printf "%s-gateway" (include "stockproof.fullname" .) -}}
{{- $workloads = append $workloads (dict "name" $name "component" "gateway" "role" "gateway" "settings" .Values.gateway) -}}
{{- end -}}
{{- dict "items" $workloads | toJson -}}
{{- end -}}

{{/* Labels by which one workload's pods are found; takes root and workload. */}}
{{- define "stockproof.workloadSelector" -}}
{{ include "stockproof.selector" .root }}
app.kubernetes.io/component: {{ .workload.component }}
stockproof/role: {{ .workload.role }}
{{- end -}}

{{/* Whether a pod's number is ruled by something else than the Deployment. */}}
{{- define "stockproof.isScaled" -}}
{{- if or .workload.settings.autoscaling.enabled (and .root.Values.keda.enabled (eq .workload.role "worker")) -}}true{{- end -}}
{{- end -}}

{{- define "stockproof.fromSecret" -}}
valueFrom:
  secretKeyRef:
    name: {{ .name }}
    key: {{ .key }}
{{- end -}}

{{/* What every program that works with the stores is told. */}}
{{- define "stockproof.storesEnv" -}}
- name: STOCKPROOF_PORT
  value: '3000'
- name: STOCKPROOF_ADMIN_PORT
  value: '9464'
- name: STOCKPROOF_LINGER_SECONDS
  value: {{ .Values.drain.lingerSeconds | quote }}
- name: STOCKPROOF_LOG_LEVEL
  value: {{ .Values.logLevel }}
- name: STOCKPROOF_EVENT_STORE
  value: {{ .Values.eventStore.engine }}
- name: STOCKPROOF_BUS
  value: {{ .Values.bus.engine }}
- name: DATABASE_URL
  {{- include "stockproof.fromSecret" .Values.secrets.database | nindent 2 }}
{{- if eq .Values.eventStore.engine "eventstoredb" }}
- name: EVENTSTOREDB_URL
  {{- include "stockproof.fromSecret" .Values.secrets.eventStore | nindent 2 }}
{{- end }}
{{- if eq .Values.bus.engine "kafka" }}
- name: KAFKA_BROKERS
  value: {{ join "," .Values.bus.brokers | quote }}
- name: KAFKA_REPLICATION_FACTOR
  value: {{ .Values.bus.replicationFactor | quote }}
{{- with .Values.bus.tls }}
{{- if .enabled }}
- name: KAFKA_TLS
  value: 'true'
{{- range $variable, $file := dict "KAFKA_TLS_CA_FILE" .caKey "KAFKA_TLS_CERTIFICATE_FILE" .certificateKey "KAFKA_TLS_KEY_FILE" .keyKey }}
{{- if and $file $.Values.bus.tls.secret }}
- name: {{ $variable }}
  value: /etc/stockproof/kafka/{{ $file }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.bus.sasl }}
{{- if .mechanism }}
- name: KAFKA_SASL_MECHANISM
  value: {{ .mechanism }}
- name: KAFKA_SASL_USERNAME
  {{- include "stockproof.fromSecret" (dict "name" .secret "key" .usernameKey) | nindent 2 }}
- name: KAFKA_SASL_PASSWORD
  {{- include "stockproof.fromSecret" (dict "name" .secret "key" .passwordKey) | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
- name: STOCKPROOF_KEY
  {{- include "stockproof.fromSecret" .Values.secrets.installation | nindent 2 }}
- name: STOCKPROOF_ADMIN_PASSWORD
  {{- include "stockproof.fromSecret" (dict "name" .Values.secrets.installation.name "key" .Values.secrets.installation.adminPasswordKey) | nindent 2 }}
{{- if .Values.outboundAllow }}
- name: STOCKPROOF_OUTBOUND_ALLOW
  value: {{ join "," .Values.outboundAllow | quote }}
{{- end }}
{{- range .Values.extraEnv }}
- name: {{ .name }}
  value: {{ .value | quote }}
{{- end }}
{{- end -}}

{{- define "stockproof.mountsCertificates" -}}
{{- if and (eq .Values.bus.engine "kafka") .Values.bus.tls.enabled .Values.bus.tls.secret -}}true{{- end -}}
{{- end -}}

{{- define "stockproof.storesMounts" -}}
{{- if or (include "stockproof.mountsCertificates" .) .Values.extraVolumeMounts }}
volumeMounts:
  {{- if include "stockproof.mountsCertificates" . }}
  - name: kafka-certificates
    mountPath: /etc/stockproof/kafka
    readOnly: true
  {{- end }}
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "stockproof.storesVolumes" -}}
{{- if or (include "stockproof.mountsCertificates" .) .Values.extraVolumes }}
volumes:
  {{- if include "stockproof.mountsCertificates" . }}
  - name: kafka-certificates
    secret:
      secretName: {{ .Values.bus.tls.secret }}
      defaultMode: 0440
  {{- end }}
  {{- with .Values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "stockproof.gatewayEnv" -}}
- name: STOCKPROOF_PORT
  value: '3000'
- name: STOCKPROOF_ADMIN_PORT
  value: '9464'
- name: STOCKPROOF_LINGER_SECONDS
  value: {{ .Values.drain.lingerSeconds | quote }}
- name: STOCKPROOF_SERVICES
  value: {{ include "stockproof.addresses" . | quote }}
{{- end -}}

{{- define "stockproof.addresses" -}}
{{- $addresses := list -}}
{{- range list "tenancy" "sales" "stock" "purchasing" "catalog" -}}
{{- $addresses = append $addresses (printf "%s=%s-%s:80" . (include "stockproof.fullname" $) .) -}}
{{- end -}}
{{- join "," $addresses -}}
{{- end -}}

{{- define "stockproof.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "stockproof.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "stockproof.scheduling" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.scheduling.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* The ways in: [{path, service}]; services by their prefixes, the rest to the gateway where there is one. */}}
{{- define "stockproof.ways" -}}
{{- $ways := list -}}
{{- range list "tenancy" "sales" "stock" "purchasing" "catalog" -}}
{{- $ways = append $ways (dict "path" (printf "/v1/%s" .) "service" (printf "%s-%s" (include "stockproof.fullname" $) .)) -}}
{{- end -}}
{{- if .Values.gateway.enabled -}}
{{- $ways = append $ways (dict "path" "/" "service" (printf "%s-gateway" (include "stockproof.fullname" .))) -}}
{{- end -}}
{{- dict "items" $ways | toJson -}}
{{- end -}}
