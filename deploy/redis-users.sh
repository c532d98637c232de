#!/bin/sh
# Prints deploy/redis.acl ($1) with the hashes of the passwords that lie in a folder ($2), one file per user.
set -eu
# Redis knows no comments in a file of users
acl=$(grep -v '^#' "$1")
for user in customer admin shop-api admin-api; do
  # the substitution drops the line end, which is no part of a password; a file that can't be read ends the script
  password=$(cat "$2/$user.redis.password")
  [ -n "$password" ] || { echo "$2/$user.redis.password is empty" >&2; exit 1; }
  hash=$(printf %s "$password" | sha256sum | cut -d ' ' -f 1)
  acl=$(printf %s "$acl" | sed "s/{$user}/$hash/")
done
printf '%s\n' "$acl"
