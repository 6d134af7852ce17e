{{- define "collab-operator.name" -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "collab-operator.account" -}}
{{- .Values.serviceAccount.name | default (include "collab-operator.name" .) -}}
{{- end -}}

{{- define "collab-operator.selector" -}}
app.kubernetes.io/name: collab-operator
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "collab-operator.testLabels" -}}
app.kubernetes.io/name: collab-operator-test
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "collab-operator.labels" -}}
{{ include "collab-operator.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "collab-operator.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}
