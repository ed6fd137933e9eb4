#!/usr/bin/env bash
# The chart on a real cluster, under load: install, demonstration, upgrade with a migration, lost pods, evictions, rollback; then
# everything is removed again. Ends with 0 if no request failed and everything holds.
#
#   KUBECONFIG=… STOCKPROOF_IMAGE=registry.example.com/stockproof:0.1.0 npm run check:kubernetes
#
# The cluster (kind, k3d, any) must be able to pull the images, or have them already; nothing of it is touched beyond one namespace.
# The release that is upgraded to is the same image with one migration more (next-release.sql), and other settings.
# STOCKPROOF_BUS=postgres leaves Kafka out. POSTGRES_UID and KAFKA_UID are the users that own the servers' files in their images.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
chart=$here/../helm/stockproof

kubectl=${KUBECTL:-kubectl}
helm=${HELM:-$(command -v helm || echo "${XDG_CACHE_HOME:-$HOME/.cache}/stockproof/chart-tools/helm")}
bus=${STOCKPROOF_BUS:-kafka}
postgres_image=${POSTGRES_IMAGE:-postgres:18}
postgres_uid=${POSTGRES_UID:-999}
kafka_image=${KAFKA_IMAGE:-apache/kafka:4.3.0}
kafka_uid=${KAFKA_UID:-1000}
namespace=stockproof-check-$$-$RANDOM
password=only-for-this-check
release=stockproof

fail() {
  echo "check:kubernetes: $*" >&2
  exit 1
}

[ -n "${KUBECONFIG:-}" ] || fail 'KUBECONFIG must name the cluster: this check never guesses one'
[ -n "${STOCKPROOF_IMAGE:-}" ] || fail 'STOCKPROOF_IMAGE must name the image, e.g. registry.example.com/stockproof:0.1.0'
command -v "$kubectl" >/dev/null || fail 'there is no kubectl; name it in KUBECTL'
[ -x "$helm" ] || fail 'there is no helm; npm run test:chart builds one, or name it in HELM'
case $bus in kafka | postgres) ;; *) fail 'STOCKPROOF_BUS must be kafka or postgres' ;; esac

# The last colon parts the tag from the name, unless it belongs to a registry's port.
repository=${STOCKPROOF_IMAGE%@*}
digest=''
tag=''
if [ "$repository" != "$STOCKPROOF_IMAGE" ]; then
  digest=${STOCKPROOF_IMAGE#*@}
elif [[ ${repository##*/} == *:* ]]; then
  tag=${repository##*:}
  repository=${repository%:*}
else
  fail 'STOCKPROOF_IMAGE must have a tag or a digest'
fi

k() { "$kubectl" --namespace "$namespace" "$@"; }
say() { echo "== $(date -u +%T) $*"; }
folder=$(mktemp -d)

remove() {
  local status=$?
  trap - EXIT
  if [ "$status" -ne 0 ]; then
    say 'what there was when it failed'
    k get pods,jobs,pdb -o wide || true
    k get events --sort-by=.lastTimestamp | tail -30 || true
    k logs job/"$release"-migrate --tail=20 || true
    k logs pod/load --tail=30 || true
  fi
  say 'removing everything'
  "$helm" uninstall "$release" --namespace "$namespace" --wait --timeout 3m >/dev/null 2>&1 || true
  "$kubectl" delete namespace "$namespace" --wait --timeout=5m || status=1
  rm -rf "$folder"
  exit "$status"
}

# What every pod of this check must be, so that the namespace lets it in: restricted <indentation> <user>.
restricted() {
  sed "s/^/$1/" <<YAML
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: { runAsNonRoot: true, runAsUser: $2, runAsGroup: $2, fsGroup: $2, seccompProfile: { type: RuntimeDefault } }
YAML
}
contained='{ allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }'

say "namespace $namespace, which enforces Pod Security restricted"
"$kubectl" create namespace "$namespace"
trap remove EXIT
"$kubectl" label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/enforce-version=latest
k create secret generic database --from-literal=DATABASE_URL="postgres://postgres:$password@postgres:5432/postgres"
k create secret generic installation \
  --from-literal=STOCKPROOF_KEY="$(od -An -tx1 -N32 /dev/urandom | tr -d ' \n')" --from-literal=STOCKPROOF_ADMIN_PASSWORD="$password"

say "Postgres from $postgres_image"
k apply -f - <<YAML
apiVersion: v1
kind: Service
metadata: { name: postgres }
spec: { selector: { app: postgres }, ports: [{ port: 5432 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: postgres }
spec:
  selector: { matchLabels: { app: postgres } }
  strategy: { type: Recreate }
  template:
    metadata: { labels: { app: postgres } }
    spec:
$(restricted '      ' "$postgres_uid")
      containers:
        - name: postgres
          image: $postgres_image
          args: [postgres, -c, 'listen_addresses=*', -c, max_connections=900, -c, jit=off]
          env:
            - { name: POSTGRES_PASSWORD, value: $password }
            - { name: PGDATA, value: /data/here }
          resources: { requests: { cpu: 300m, memory: 512Mi } }
          readinessProbe: { exec: { command: [pg_isready, -h, 127.0.0.1, -U, postgres] }, periodSeconds: 2, timeoutSeconds: 5 }
          securityContext: $contained
          volumeMounts:
            - { name: data, mountPath: /data }
            - { name: socket, mountPath: /var/run/postgresql }
            - { name: memory, mountPath: /dev/shm }
      volumes:
        - { name: data, emptyDir: {} }
        - { name: socket, emptyDir: {} }
        - { name: memory, emptyDir: { medium: Memory, sizeLimit: 256Mi } }
YAML

if [ "$bus" = kafka ]; then
  say "Kafka from $kafka_image"
  k apply -f - <<YAML
apiVersion: v1
kind: Service
metadata: { name: kafka }
spec: { selector: { app: kafka }, ports: [{ port: 9092 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: kafka }
spec:
  selector: { matchLabels: { app: kafka } }
  strategy: { type: Recreate }
  template:
    metadata: { labels: { app: kafka } }
    spec:
$(restricted '      ' "$kafka_uid")
      containers:
        - name: kafka
          image: $kafka_image
          env:
            - { name: KAFKA_NODE_ID, value: '1' }
            - { name: KAFKA_PROCESS_ROLES, value: 'broker,controller' }
            - { name: KAFKA_LISTENERS, value: 'PLAINTEXT://:9092,CONTROLLER://:9093' }
            - { name: KAFKA_ADVERTISED_LISTENERS, value: 'PLAINTEXT://kafka:9092' }
            - { name: KAFKA_CONTROLLER_LISTENER_NAMES, value: CONTROLLER }
            - { name: KAFKA_LISTENER_SECURITY_PROTOCOL_MAP, value: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT' }
            - { name: KAFKA_CONTROLLER_QUORUM_VOTERS, value: '1@localhost:9093' }
            - { name: KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR, value: '1' }
            - { name: KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR, value: '1' }
            - { name: KAFKA_TRANSACTION_STATE_LOG_MIN_ISR, value: '1' }
            - { name: KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR, value: '1' }
            - { name: KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR, value: '1' }
            - { name: KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS, value: '0' }
            - { name: KAFKA_AUTO_CREATE_TOPICS_ENABLE, value: 'false' }
            - { name: KAFKA_LOG_DIRS, value: /var/lib/kafka/data }
          resources: { requests: { cpu: 200m, memory: 512Mi } }
          readinessProbe: { tcpSocket: { port: 9092 }, periodSeconds: 2 }
          securityContext: $contained
          volumeMounts: [{ name: data, mountPath: /var/lib/kafka/data }]
      volumes: [{ name: data, emptyDir: {} }]
YAML
fi

say 'the channel simulator'
k apply -f - <<YAML
apiVersion: v1
kind: Service
metadata: { name: simulator }
spec: { selector: { app: simulator }, ports: [{ port: 3900 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: simulator }
spec:
  selector: { matchLabels: { app: simulator } }
  template:
    metadata: { labels: { app: simulator } }
    spec:
$(restricted '      ' 10001)
      containers:
        - name: simulator
          image: $STOCKPROOF_IMAGE
          args: [channel-simulator]
          env:
            - { name: STOCKPROOF_SIMULATOR_HOST, value: 0.0.0.0 }
            - { name: STOCKPROOF_SIMULATOR_JOURNAL, value: /tmp/journal.jsonl }
          readinessProbe: { tcpSocket: { port: 3900 }, periodSeconds: 2 }
          securityContext: $contained
          volumeMounts: [{ name: tmp, mountPath: /tmp }]
      volumes: [{ name: tmp, emptyDir: {} }]
YAML
for name in postgres simulator $([ "$bus" = kafka ] && echo kafka); do k rollout status deployment/"$name" --timeout=5m; done

# Small enough for one node; two of each all the same.
cat >"$folder/values.yaml" <<YAML
image: { repository: '$repository', tag: '$tag', digest: '$digest' }
secrets: { database: { name: database }, installation: { name: installation } }
eventStore: { engine: postgres }
bus: { engine: $bus, brokers: ['kafka:9092'], replicationFactor: 1 }
outboundAllow: ['simulator:3900']
logLevel: warn
api: { autoscaling: { enabled: false }, resources: &small { requests: { cpu: 10m, memory: 96Mi } } }
worker: { autoscaling: { enabled: false }, resources: *small }
gateway: { resources: *small }
migration: { resources: *small }
networkPolicy:
  httpFrom: [{ podSelector: { matchLabels: { stockproof-check: client } } }]
  extraEgress:
    - ports: [{ port: 3900, protocol: TCP }]
      to: [{ podSelector: { matchLabels: { app: simulator } } }]
YAML

upgrade() { "$helm" upgrade --install "$release" "$chart" --namespace "$namespace" --values "$folder/values.yaml" --wait --timeout 15m "$@" >/dev/null; }
migration_id() { k get job "$release"-migrate -o jsonpath='{.metadata.uid} {.status.succeeded}'; }
migration=900-next-release.sql
has_run() {
  k exec deployment/postgres -- psql "postgres://postgres:$password@127.0.0.1:5432/postgres" -tA \
    -c "select count(*) from sales.migrations where name = 'sales/$migration'"
}
deployments() { k get deployments -l app.kubernetes.io/instance="$release" -o jsonpath='{range .items[*]}{.metadata.name}{"\n"}{end}'; }
selector_of() {
  local component role
  component=$(k get deployment "$1" -o jsonpath='{.spec.selector.matchLabels.app\.kubernetes\.io/component}')
  role=$(k get deployment "$1" -o jsonpath='{.spec.selector.matchLabels.stockproof/role}')
  echo "app.kubernetes.io/instance=$release,app.kubernetes.io/component=$component,stockproof/role=$role"
}
# Those that are on their way out are not counted: evicting one of them says nothing about the budget.
pods_of() { k get pods -l "$(selector_of "$1")" -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}{{"\n"}}{{end}}{{end}}'; }
settled() { for name in $(deployments); do k rollout status deployment/"$name" --timeout=10m >/dev/null; done; }

say "installing the chart, events in postgres, topics in $bus"
upgrade
first_migration=$(migration_id)
[[ $first_migration == *' 1' ]] || fail 'the migration job did not succeed before the install'

# demonstration <name>: the image's own, against the gateway; it ends with 0 only if all its invariants hold.
demonstration() {
  k apply -f - <<YAML
apiVersion: batch/v1
kind: Job
metadata: { name: $1 }
spec:
  backoffLimit: 0
  activeDeadlineSeconds: 900
  template:
    metadata: { labels: { stockproof-check: client } }
    spec:
      restartPolicy: Never
$(restricted '      ' 10001)
      containers:
        - name: demo
          image: $STOCKPROOF_IMAGE
          args: [demo, --url, 'http://$release-gateway', --simulator, 'http://simulator:3900']
          env: [{ name: STOCKPROOF_ADMIN_PASSWORD, value: $password }]
          securityContext: $contained
          volumeMounts: [{ name: tmp, mountPath: /tmp }]
      volumes: [{ name: tmp, emptyDir: {} }]
YAML
  local deadline=$((SECONDS + 960)) state
  while :; do
    state=$(k get job "$1" -o jsonpath='{.status.succeeded}/{.status.failed}')
    case $state in 1/*) break ;; */[1-9]*) k logs job/"$1" --tail=60; fail "the demonstration $1 does not hold" ;; esac
    [ $SECONDS -lt $deadline ] || fail "the demonstration $1 did not end in time"
    sleep 2
  done
  k logs job/"$1" --tail=30
}

say 'the demonstration'
demonstration demo-before

say 'load'
k create configmap load --from-file="$here/load.mjs" --from-file="$here/load-client.mjs"
k apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata: { name: load, labels: { stockproof-check: client } }
spec:
  restartPolicy: Never
$(restricted '  ' 10001)
  containers:
    - name: load
      image: $STOCKPROOF_IMAGE
      command: [node, /load/load.mjs, 'http://$release-gateway']
      env: [{ name: STOCKPROOF_ADMIN_PASSWORD, value: $password }]
      securityContext: $contained
      volumeMounts: [{ name: tmp, mountPath: /tmp }, { name: load, mountPath: /load }]
  volumes: [{ name: tmp, emptyDir: {} }, { name: load, configMap: { name: load } }]
YAML
deadline=$((SECONDS + 300))
until k logs load 2>/dev/null | grep -q 'load begins'; do
  [ "$(k get pod load -o jsonpath='{.status.phase}')" != Failed ] || fail 'the load could not begin'
  [ $SECONDS -lt $deadline ] || fail 'the load did not begin in time'
  sleep 1
done

say 'a rolling upgrade with a migration that its release before does not know, under load'
# The next release: its migration lies among those of sales, as in an image that brings it.
k create configmap next-release --from-file="$migration=$here/next-release.sql"
cat >"$folder/next-release.yaml" <<YAML
logLevel: info
extraVolumes: [{ name: next-release, configMap: { name: next-release } }]
extraVolumeMounts:
  - { name: next-release, mountPath: /app/dist/libs/sales/service/src/migrations/$migration, subPath: $migration, readOnly: true }
YAML
[ "$(has_run)" = 0 ] || fail 'the migration of the next release has run before it'
upgrade --values "$folder/next-release.yaml"
settled
second_migration=$(migration_id)
[[ $second_migration == *' 1' && $second_migration != "$first_migration" ]] || fail 'the upgrade ran no migration job of its own'
[ "$(has_run)" = 1 ] || fail 'the upgrade did not run the migration of its release'

say 'one pod of each Deployment is deleted, under load'
for name in $(deployments); do k delete pod "$(pods_of "$name" | head -1)" --wait=false; done
settled

say 'evictions, under load: the budget lets one pod of each Deployment go and refuses the second'
evict() {
  "$kubectl" create --raw "/api/v1/namespaces/$namespace/pods/$1/eviction" -f - <<JSON
{ "apiVersion": "policy/v1", "kind": "Eviction", "metadata": { "name": "$1", "namespace": "$namespace" } }
JSON
}
for name in $(deployments); do
  deadline=$((SECONDS + 120))
  until [ "$(k get pdb "$name" -o jsonpath='{.status.disruptionsAllowed}')" = 1 ]; do
    [ $SECONDS -lt $deadline ] || fail "the budget of $name allows nothing"
    sleep 1
  done
  mapfile -t two < <(pods_of "$name")
  [ "${#two[@]}" -ge 2 ] || fail "$name has fewer than two pods"
  evict "${two[0]}" >/dev/null || fail "the first eviction of $name was refused"
  if refusal=$(evict "${two[1]}" 2>&1); then fail "the budget of $name let both pods go"; fi
  [[ $refusal == *'disruption budget'* ]] || fail "the second eviction of $name was refused for another reason: $refusal"
done
settled

say 'a rollback, under load'
"$helm" rollback "$release" 1 --namespace "$namespace" --wait --timeout 15m
settled
[ "$(has_run)" = 1 ] || fail 'the rollback took the schema back'
[ -z "$(k get deployments -o jsonpath='{.items[*].spec.template.spec.volumes[?(@.name=="next-release")].name}')" ] ||
  fail 'the rollback left the next release in place'

say 'the load ends; everything must hold'
k exec load -- touch /tmp/end
deadline=$((SECONDS + 420))
while phase=$(k get pod load -o jsonpath='{.status.phase}') && [ "$phase" = Running ]; do
  [ $SECONDS -lt $deadline ] || fail 'what the load asks for at its end did not come about in time'
  sleep 2
done
k logs load
[ "$phase" = Succeeded ] || fail 'requests failed, or something does not hold'

say 'the demonstration once more, on what all this has left'
demonstration demo-after

say 'the command line in a pod: every engine answers each service, nothing is parked'
finds_nothing_wrong() { k exec deployment/"$release"-stock-worker -- sh deploy/docker/run cli "$@" || fail "cli $* does not say that all is well"; }
finds_nothing_wrong check-config
finds_nothing_wrong parked list
say 'no request failed, everything holds'
