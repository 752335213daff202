#!/usr/bin/env bash
# Packs the packages, installs the tarballs in an empty folder, lints the examples and makes a rule with them.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cd "$root"
tarball=$(npm pack --silent --pack-destination "$folder" | tail -n 1)
compiler=$(npm pack --silent --pack-destination "$folder" --workspace packages/opa-compiler | tail -n 1)
cp -R examples "$folder/examples"
export AGENTID_LINT_CACHE_DIR="$folder/cache"
cd "$folder"
npm init --yes >/dev/null
# Nothing is published that these could be taken from.
npm install --no-audit --no-fund --silent --omit=optional "./$tarball"

packages=$(find node_modules -mindepth 1 -maxdepth 1 -type d ! -name '.*' | wc -l)
[ "$packages" -eq 1 ] || { echo "the package brought $packages packages, expected 1"; exit 1; }

npx --no-install agentid-lint --version
status=0
npx --no-install agentid-lint lint examples --config examples/agentid-lint.config.yaml --format json --now 2026-11-23T00:00:00Z >report.json || status=$?
[ "$status" -eq 1 ] || { echo "linting the examples exited with $status, expected 1"; exit 1; }
node -e '
  const report = JSON.parse(require("node:fs").readFileSync("report.json", "utf8"));
  if (report.findings.length < 10 || report.verdict !== "fail") throw new Error("unexpected report");
  console.log(`${report.findings.length} findings in ${report.summary.files} files`);
'
node --input-type=module -e '
  import { builtInRules, lint, loadReporter } from "agentid-lint";
  if (typeof lint !== "function" || builtInRules().catalogue.rules.length === 0) throw new Error("the library does not load");
  await loadReporter("compact");
  console.log("library: ok");
'
du -sk node_modules/agentid-lint | cut -f 1 | xargs -I{} echo "installed size: {} KB"

npx --no-install agentid-lint rules new acme/notes
status=0
npx --no-install agentid-lint rules check >missing.txt || status=$?
{ [ "$status" -eq 2 ] && grep -q 'npm install @agentid-lint/opa-compiler' missing.txt; } ||
  { cat missing.txt; echo "without the compiler, rules check exited with $status"; exit 1; }
npm install --no-audit --no-fund --silent --omit=optional "./$compiler"
npx --no-install agentid-lint rules check
npx --no-install agentid-lint rules test
npx --no-install agentid-lint rules build -o acme.tar.gz
npx --no-install agentid-lint lint examples --no-config --rules acme.tar.gz --rule 'acme/*' --now 2026-11-23T00:00:00Z
du -sk node_modules/@agentid-lint/opa-compiler | cut -f 1 | xargs -I{} echo "installed size of the compiler: {} KB"
