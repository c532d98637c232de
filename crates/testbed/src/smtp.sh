# A mail server in folder $1 on port $2 and the next one, until standard input ends. $SERVER is its program.
set -eu
folder=$1 port=$2
end() {
  [ ! -e pid ] || kill -KILL "$(cat pid)" 2>/dev/null || true
  cd / && rm -rf "$folder"
}
trap end EXIT
cd "$folder"
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
key ca.key
openssl req -x509 -new -key ca.key -days 2 -subj "/CN=test" -addext basicConstraints=critical,CA:true -out ca.pem
key tls.key
printf '%s\n' basicConstraints=CA:false subjectAltName=DNS:localhost >tls.ext
openssl req -new -key tls.key -subj "/CN=mail" |
  openssl x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile tls.ext -out tls.pem 2>/dev/null
touch out
# Debian's own interpreter has the package
/usr/bin/python3 "$SERVER" "$port" >out 2>log &
echo $! >pid
for _ in $(seq 400); do
  grep -q ready out && break
  kill -0 "$(cat pid)" 2>/dev/null || exit 1
  sleep 0.05
done
echo ready
cat >/dev/null
