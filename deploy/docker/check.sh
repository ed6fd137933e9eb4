#!/usr/bin/env bash
# The product as containers: builds the image, brings docker-compose.yml up, runs the demonstration twice – undisturbed, and while
# containers are killed –, stops and removes all containers, brings them up again on the same volumes, and compares. Then everything is
# taken down, volumes too. Ends with 0 if all of it holds.
#
#   npm run check:compose
#
# STOCKPROOF_EVENT_STORE=postgres keeps streams in Postgres, where no image of EventStoreDB can be had. STOCKPROOF_IMAGE names an image that is
# checked as it is; otherwise one is built, with further words for docker build in STOCKPROOF_BUILD_OPTIONS. BASE_IMAGE, POSTGRES_IMAGE,
# KAFKA_IMAGE and EVENTSTOREDB_IMAGE as in docker-compose.yml.
set -euo pipefail
cd "$(dirname "$0")/../.."

project=stockproof-check-$$
image=${STOCKPROOF_IMAGE:-$project:local}
event_store=${STOCKPROOF_EVENT_STORE:-eventstoredb}
services=(tenancy sales stock purchasing catalog)
expected_table=e2e/src/testing/demonstration-table.json
grace_seconds=30

say() { echo "== $(date -u +%T) $*"; }
fail() {
  echo "check:compose: $*" >&2
  exit 1
}

case $event_store in
  eventstoredb) files=(-f docker-compose.yml) ;;
  postgres) files=(-f docker-compose.yml -f deploy/docker/streams-in-postgres.yml) ;;
  *) fail 'STOCKPROOF_EVENT_STORE must be eventstoredb or postgres' ;;
esac
command -v docker >/dev/null || fail 'there is no docker on the path'
docker version --format '{{.Server.Version}}' >/dev/null || fail 'no Docker daemon answers; DOCKER_HOST says where it is'
docker compose version >/dev/null 2>&1 || fail 'docker has no compose plugin (version 2.20 or later is needed)'
command -v node >/dev/null || fail 'there is no node on the path'

# Free ports, chosen by Docker.
export STOCKPROOF_IMAGE=$image STOCKPROOF_EVENT_STORE=$event_store STOCKPROOF_PORT=0 STOCKPROOF_SIMULATOR_PORT=0
compose() { docker compose --project-name "$project" --progress quiet "${files[@]}" "$@"; }
id_of() { compose ps --all --quiet "$1"; }
folder=$(mktemp -d)

# What a container ended with, said where it ended or was started again by itself; its log is kept.
show_trouble() {
  say 'what there was when it failed'
  compose ps --all --format 'table {{.Service}}\t{{.Status}}' || true
  mkdir -p "$folder/logs"
  local id name state
  for id in $(docker ps --all --quiet --filter label=com.docker.compose.project="$project"); do
    name=$(docker inspect --format '{{index .Config.Labels "com.docker.compose.service"}}' "$id")
    docker logs --timestamps "$id" >>"$folder/logs/$name.log" 2>&1 || true
    state=$(docker inspect --format '{{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' "$id")
    case $state in 'running 0 0 healthy' | 'running 0 0 none' | 'exited 0 0 '*) continue ;; esac
    echo "-- $name is $state (status, exit code, restarts, health). The end of its log, $folder/logs/$name.log:"
    tail -n 30 "$folder/logs/$name.log"
  done
  echo "The logs of all containers: $folder/logs"
}

take_down() {
  local status=$?
  trap - EXIT
  trap '' INT TERM
  [ "$status" -eq 0 ] || show_trouble
  say 'taking everything down'
  compose down --volumes --remove-orphans --timeout 5 || status=1
  [ "$image" != "$project:local" ] || docker image rm "$image" >/dev/null || true
  if [ "$status" -eq 0 ]; then rm -rf "$folder"; fi
  if [ "$status" -eq 0 ]; then say "everything holds: events in $event_store, topics in Kafka"; else say 'it does NOT hold'; fi
  exit "$status"
}

say 'the compose file'
as_published=$(env -u BASE_IMAGE -u POSTGRES_IMAGE -u KAFKA_IMAGE -u EVENTSTOREDB_IMAGE -u STOCKPROOF_IMAGE docker compose --profile demo config --images | sort -u | xargs)
echo "images unless told otherwise: $as_published"
compose config --quiet || fail 'docker-compose.yml is not valid with these variables'
trap take_down EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ "$image" = "$project:local" ]; then
  say "building $image on ${BASE_IMAGE:-the default base image}"
  build_options=()
  [ -z "${STOCKPROOF_BUILD_OPTIONS:-}" ] || read -ra build_options <<<"$STOCKPROOF_BUILD_OPTIONS"
  [ -z "${BASE_IMAGE:-}" ] || build_options+=(--build-arg "BASE_IMAGE=$BASE_IMAGE")
  docker build "${build_options[@]}" --file deploy/docker/Dockerfile --tag "$image" . >"$folder/build.log" 2>&1 ||
    { tail -n 40 "$folder/build.log" && fail 'the image could not be built'; }
fi

say "the image $image"
docker image inspect --format '{{.Size}} bytes with its base, user {{.Config.User}}' "$image"
[ "$(docker run --rm --entrypoint id "$image" -u)" = 10001 ] || fail 'the image does not run as user 10001'
set +e
refusal=$(docker run --rm --read-only "$image" nonsense 2>&1)
status=$?
set -e
echo "docker run $image nonsense: $status, $refusal"
[[ $status -eq 64 && $refusal == *'no program "nonsense"'*gateway* ]] || fail 'a program that is not there is not refused with the list of those that are'

if [ "$event_store" = eventstoredb ]; then
  esdb=${EVENTSTOREDB_IMAGE:-eventstore/eventstore:24.6.0-jammy}
  docker image inspect "$esdb" >/dev/null 2>&1 || docker pull --quiet "$esdb" ||
    fail "the image $esdb cannot be had; STOCKPROOF_EVENT_STORE=postgres keeps streams in Postgres"
fi

up() { compose up --detach --wait --wait-timeout 600 --no-build; }
# Answers which the host gets at the one published address.
answers_outside() {
  local address
  address=$(compose port gateway 3000)
  node --input-type=module -e "
    const { paths } = await (await fetch('http://$address/openapi.json')).json();
    const missing = process.argv.slice(1).filter((name) => !Object.keys(paths).some((path) => path.startsWith('/v1/' + name + '/')));
    if (missing.length > 0) throw new Error('no paths of ' + missing);
    const page = await fetch('http://$address/docs/');
    if (!page.ok) throw new Error('/docs/ answers ' + page.status);
    console.log('http://$address answers for all services, with', Object.keys(paths).length, 'paths');" "${services[@]}"
}

say "up: Postgres from ${POSTGRES_IMAGE:-the default image}, Kafka from ${KAFKA_IMAGE:-the default image}, events in $event_store"
up
answers_outside
compose exec -T postgres postgres --version

say 'what the containers may do'
for name in "${services[@]}" gateway simulator; do
  may=$(docker inspect --format '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}' "$(id_of "$name")")
  [ "$may" = '10001:10001 true [ALL] [no-new-privileges:true]' ] || fail "$name may do more than it needs: $may"
  if docker exec "$(id_of "$name")" touch /app/written 2>/dev/null; then fail "$name can write into its image"; fi
done
echo 'user 10001, no capability, no new privileges, a file system that is read only'

# demonstration <name>: the image's own, inside the network. Its table, which goes to the error output, must be the one that is kept.
demonstration() {
  local container=$project-$1
  compose run --detach --name "$container" demo demo --url http://gateway:3000 --simulator http://simulator:3900 --table /dev/stderr >/dev/null
  docker logs --follow "$container" 2>"$folder/$1.json" | tee "$folder/$1.txt" &
  local following=$!
  [ -z "${2:-}" ] || "$2" "$container" "$folder/$1.txt"
  wait $following
  [ "$(docker wait "$container")" = 0 ] || { tail -n 30 "$folder/$1.json" && fail "the demonstration $1 does not hold"; }
  diff -u "$expected_table" "$folder/$1.json" || fail "the demonstration $1 ended with another table than $expected_table"
  docker rm "$container" >/dev/null
  echo "the table is the one in $expected_table"
}
# How often each was started again by its restart policy: what is killed from outside does not count.
restarts() { for name in "${services[@]}" gateway; do docker inspect --format "$name {{.RestartCount}}" "$(id_of "$name")"; done; }

say 'the demonstration'
demonstration undisturbed
again=$(restarts | grep -v ' 0$' || true)
[ -z "$again" ] || fail "these containers ended by themselves and were started again, with counts: $again"

# kill_at <container> <output> <words> <service>: SIGKILL as soon as the demonstration has said these words; then it is started again.
kill_at() {
  until grep -Eq "$3" "$2"; do
    [ "$(docker inspect --format '{{.State.Running}}' "$1")" = true ] || return 0 # it has ended, and will be judged by that
    sleep 0.2
  done
  docker kill --signal KILL "$(id_of "$4")" >/dev/null
  sleep 1
  docker start "$(id_of "$4")" >/dev/null
  killed+=("$4")
  say "$4 was killed and started again"
}
killed=()
disturb() {
  kill_at "$1" "$2" 'shopify-orders.csv: [0-9]+ of' sales
  kill_at "$1" "$2" '^4/8' stock
  kill_at "$1" "$2" '^ *5/8' kafka
  kill_at "$1" "$2" 'ordered and announced' postgres
  kill_at "$1" "$2" '^7/8' gateway
}
say 'the demonstration while containers are killed (-9)'
demonstration disturbed disturb
[ "${#killed[@]}" -eq 5 ] || fail "only these were killed: ${killed[*]}"
again=$(restarts | grep -v ' 0$' || true)
[ -z "$again" ] || fail "containers ended because others were killed, with counts: $again"

# What all services tell of the accounts of both demonstrations, event by event.
accounts=$(sed -n 's/.*the account is \([0-9a-f-]*\)$/\1/p' "$folder"/*.txt | xargs)
told() {
  # shellcheck disable=SC2016 # $account and $service are of the shell in the container
  compose run --rm --no-deps --no-TTY --entrypoint /bin/sh migrate -ec '
    for account in '"$accounts"'; do for service in '"${services[*]}"'; do
      node dist/apps/cli/src/main.js export-events $service $account | sed "s/^/$service /"
    done; done' 2>"$folder/told.err" >"$1" || { cat "$folder/told.err" && fail 'events could not be exported'; }
}
say "what is there: the events of the accounts $accounts"
told "$folder/before"
wc -l <"$folder/before" | xargs echo 'events:'

say "all services are told to end, by SIGTERM, within $grace_seconds s"
began=$SECONDS
compose stop --timeout "$grace_seconds" gateway "${services[@]}"
echo "all have ended after $((SECONDS - began)) s"
for name in "${services[@]}" gateway; do
  code=$(docker inspect --format '{{.State.ExitCode}}' "$(id_of "$name")")
  [ "$code" = 0 ] || fail "$name ended with $code"
done

say 'all containers are removed, volumes stay; up again'
# With the volumes that images declare themselves, not with those of the file.
compose rm --stop --force --volumes
compose down --timeout "$grace_seconds"
up
answers_outside
told "$folder/after"
[ -s "$folder/before" ] || fail 'there were no events'
lost=$(diff "$folder/before" "$folder/after" | grep '^<' || true)
[ -z "$lost" ] || fail "what was there is not there any more: diff $folder/before $folder/after"
echo "all $(wc -l <"$folder/before") events are there, in the same order"
for account in $accounts; do
  compose run --rm --no-deps --no-TTY migrate cli verify-stock "$account" 2>/dev/null || fail "the verifier finds something in $account"
done
