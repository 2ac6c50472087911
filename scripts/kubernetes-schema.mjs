// node scripts/kubernetes-schema.mjs <folder>: writes the JSON schema that deploy/kubernetes is checked against, from the models
// of an unpacked `npm pack @kubernetes/client-node`. Only what our kinds may use is kept; what is left out is refused.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/tree.mjs';

const kinds = {
  'apps/v1 Deployment': 'V1Deployment',
  'autoscaling/v2 HorizontalPodAutoscaler': 'V2HorizontalPodAutoscaler',
  'networking.k8s.io/v1 Ingress': 'V1Ingress',
  'networking.k8s.io/v1 NetworkPolicy': 'V1NetworkPolicy',
  'policy/v1 PodDisruptionBudget': 'V1PodDisruptionBudget',
  'v1 ConfigMap': 'V1ConfigMap',
  'v1 Service': 'V1Service',
  'v1 ServiceAccount': 'V1ServiceAccount',
};
/** What Kubernetes fills in, and what nobody should use here. */
const leftOut = {
  '*': ['status'],
  V1ObjectMeta: [
    'managedFields',
    'ownerReferences',
    'selfLink',
    'uid',
    'resourceVersion',
    'generation',
    'finalizers',
  ].concat(['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generateName']),
  V1ResourceRequirements: ['claims'],
  V1PodSpec: ['ephemeralContainers', 'resourceClaims', 'overhead', 'hostNetwork', 'hostPID', 'hostIPC'],
};
const volumes = ['name', 'configMap', 'emptyDir', 'persistentVolumeClaim', 'projected', 'secret'];

const folder = process.argv[2];
if (!folder) {
  console.error('Say where the unpacked @kubernetes/client-node is');
  process.exit(1);
}
const models = join(folder, 'dist/gen/models');

/** @param {string} name */
async function schemaOf(name) {
  /** @type {{ attributeTypeMap: { baseName: string, type: string }[] }} */
  const model = (await import(pathToFileURL(join(models, `${name}.js`)).href))[name];
  const declared = readFileSync(join(models, `${name}.d.ts`), 'utf8');
  const skipped = [...leftOut['*'], ...(leftOut[/** @type {keyof typeof leftOut} */ (name)] ?? [])];
  const kept = model.attributeTypeMap.filter(
    ({ baseName }) => !skipped.includes(baseName) && (name !== 'V1Volume' || volumes.includes(baseName)),
  );
  const required = kept.map(({ baseName }) => baseName).filter((key) => declared.includes(`'${key}': `));
  return {
    type: 'object',
    properties: Object.fromEntries(kept.map(({ baseName, type }) => [baseName, typeSchema(type)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** @param {string} type @returns {object} */
function typeSchema(type) {
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list) return { type: 'array', items: typeSchema(list) };
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map) return { type: 'object', additionalProperties: typeSchema(map) };
  if (type === 'IntOrString') return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  if (type === 'number') return { type: 'integer' }; // none of these kinds has another
  if (type === 'string' || type === 'boolean') return { type };
  if (/^(Core|Apps)?V\d/.test(type)) return { $ref: `#/$defs/${type}` };
  throw new Error(`unknown type ${type}`);
}

const definitions = /** @type {Record<string, object>} */ ({});
const waiting = Object.values(kinds);
for (let name = waiting.pop(); name; name = waiting.pop()) {
  if (definitions[name]) continue;
  definitions[name] = await schemaOf(name);
  for (const [, next = ''] of JSON.stringify(definitions[name]).matchAll(/#\/\$defs\/(\w+)/g)) waiting.push(next);
}
const version = /OpenAPI spec version: (\S+)/.exec(readFileSync(join(models, 'V1Deployment.js'), 'utf8'))?.[1];
const sorted = Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1));
const lines = sorted.map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
const header = { $comment: `Kubernetes ${version}, Apache-2.0; see README.md`, kinds };
const head = JSON.stringify(header, null, 2).slice(0, -2);
writeFileSync(
  `${root}deploy/kubernetes/schemas/kubernetes.json`,
  `${head},\n  "$defs": {\n${lines.join(',\n')}\n  }\n}\n`,
);
