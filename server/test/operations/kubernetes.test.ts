import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { readYaml } from './yaml.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'deploy/kubernetes');
const overlays = readdirSync(join(folder, 'overlays'));
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

const Schema = z.object({ kinds: z.record(z.string(), z.string()), $defs: z.record(z.string(), z.unknown()) });
const { kinds, $defs } = Schema.parse(JSON.parse(read('schemas/kubernetes.json')));

const Resource = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string().regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/), namespace: z.string().optional() }),
});
type Resource = z.infer<typeof Resource>;

/** What Kubernetes would not take of a resource, in words. */
function faultsOf(value: unknown): string[] {
  const { apiVersion, kind } = Resource.parse(value);
  const name = kinds[`${apiVersion} ${kind}`];
  if (!name) return [`there is no ${apiVersion} ${kind}, or it is not in the schema yet`];
  const schema = z.fromJSONSchema({ $defs, $ref: `#/$defs/${name}` } as never);
  return schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

/** Kustomize's own file, strictly. */
const Kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  labels: z
    .array(z.strictObject({ pairs: z.record(z.string(), z.string()), includeSelectors: z.boolean() }))
    .optional(),
  resources: z.array(z.string()).min(1),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })).optional(),
  patches: z
    .array(
      z.strictObject({ path: z.string(), target: z.strictObject({ kind: z.string(), name: z.string() }).optional() }),
    )
    .optional(),
});
const kustomization = (path: string) => Kustomization.parse(readYaml(read(`${path}/kustomization.yaml`))[0]);

const base = kustomization('base').resources.flatMap((file) =>
  readYaml(read(`base/${file}`)).map((one) => Resource.parse(one)),
);

/** The one resource of a kind, as the shape says. */
function the<S extends z.ZodType>(kind: string, shape: S, among: readonly Resource[] = base): z.infer<S> {
  const found = among.filter((one) => one.kind === kind);
  expect(found, kind).toHaveLength(1);
  return shape.parse(found[0]);
}

const Probe = z.looseObject({ httpGet: z.strictObject({ path: z.string(), port: z.string() }) });
const Quantity = z.string().regex(/^\d+(m|Mi|Gi)?$/);
const Deployment = z.looseObject({
  spec: z.looseObject({
    strategy: z.looseObject({ rollingUpdate: z.strictObject({ maxSurge: z.number(), maxUnavailable: z.literal(0) }) }),
    selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        serviceAccountName: z.string(),
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
        containers: z
          .array(
            z.looseObject({
              image: z.string(),
              envFrom: z.array(z.record(z.string(), z.strictObject({ name: z.string() }))),
              ports: z.array(z.strictObject({ name: z.string(), containerPort: z.number() })),
              startupProbe: Probe,
              readinessProbe: Probe,
              livenessProbe: Probe,
              lifecycle: z.strictObject({
                preStop: z.strictObject({
                  exec: z.strictObject({ command: z.tuple([z.literal('sleep'), z.string()]) }),
                }),
              }),
              resources: z.strictObject({
                requests: z.strictObject({ cpu: Quantity, memory: Quantity }),
                limits: z.strictObject({ memory: Quantity }),
              }),
              securityContext: z.strictObject({
                allowPrivilegeEscalation: z.literal(false),
                readOnlyRootFilesystem: z.literal(true),
                capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
              }),
              volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
            }),
          )
          .length(1),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});
const Settings = z.looseObject({ data: z.record(z.string(), z.string()) });

const deployment = the('Deployment', Deployment);
const pod = deployment.spec.template;
const container = pod.spec.containers[0];
const settings = the('ConfigMap', Settings).data;
const secrets = Object.fromEntries(
  read('overlays/production/secrets.env.example')
    .split('\n')
    .filter(Boolean)
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

describe('deploy/kubernetes', () => {
  test('every file is one that a kustomization names, and the other way round', () => {
    for (const path of ['base', ...overlays.map((name) => `overlays/${name}`)]) {
      const { resources, patches = [] } = kustomization(path);
      const named = [...resources, ...patches.map((patch) => patch.path)];
      for (const name of named) expect(existsSync(join(folder, path, name)), name).toBe(true);
      const files = readdirSync(join(folder, path)).filter(
        (file) => file.endsWith('.yaml') && file !== 'kustomization.yaml',
      );
      expect(files.filter((file) => !named.includes(file))).toEqual([]);
    }
  });

  test.each(base.map((one) => [one.kind, one] as const))('%s fits the schema of Kubernetes', (_kind, resource) => {
    expect(faultsOf(resource)).toEqual([]);
  });

  test('the schema finds what Kubernetes would not take', () => {
    const intact = JSON.stringify(base.find(({ kind }) => kind === 'Deployment'));
    expect(faultsOf(JSON.parse(intact))).toEqual([]);
    const faultsAfter = (from: string, to: string) => {
      expect(intact).toContain(from);
      return faultsOf(JSON.parse(intact.replace(from, to))).join();
    };
    expect(faultsAfter('"minReadySeconds"', '"minReady"')).toContain('Unrecognized key: "minReady"');
    expect(faultsAfter('"containerPort":3000', '"containerPort":"3000"')).toContain('expected number');
    expect(faultsAfter('"selector":', '"selectors":')).toContain('spec.selector');
    expect(faultsAfter('apps/v1', 'extensions/v1beta1')).toContain('there is no extensions/v1beta1 Deployment');
  });
});

describe('what the manifests say of the server', () => {
  test('settings are settings that there are, and a server starts with them', () => {
    const known = readFileSync(join(root, '.env.example'), 'utf8').match(/^[A-Z0-9_]+(?==)/gm) ?? [];
    const production = Settings.partial().parse(readYaml(read('overlays/production/config.yaml'))[0]).data ?? {};
    const all = { ...settings, ...production, ...secrets, SESSION_SECRET: 'x'.repeat(32) };
    for (const name of Object.keys(all)) expect([...known, 'NODE_OPTIONS']).toContain(name);
    const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' };
    const config = readConfig({ ...all, ...keys });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      roles: ['web', 'replies'],
      seedDemo: false,
      s3: { bucket: 'fantwin' },
    });
    expect(container?.ports).toEqual([
      { name: 'http', containerPort: config.port },
      { name: 'metrics', containerPort: config.metricsPort },
    ]);
    expect(Object.keys(settings).filter((name) => /SECRET|PASSWORD|KEY/.test(name))).toEqual([]);
  });

  test('what it is made from is there: settings, secrets, account, volumes', () => {
    expect(container?.envFrom).toEqual([
      { configMapRef: { name: 'fantwin-config' } },
      { secretRef: { name: 'fantwin-secrets' } },
    ]);
    const named = (kind: string) => base.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
    expect(named('ConfigMap')).toEqual(['fantwin-config']);
    expect(named('ServiceAccount')).toEqual([pod.spec.serviceAccountName]);
    expect(container?.volumeMounts.map(({ name }) => name)).toEqual(pod.spec.volumes.map(({ name }) => name));
    expect(container?.volumeMounts.map(({ mountPath }) => mountPath)).toContain(settings.DATA_DIR);
  });

  test('a store that is away takes no pod out and restarts none', () => {
    expect([container?.startupProbe, container?.livenessProbe].map((probe) => probe?.httpGet.path)).toEqual([
      '/healthz',
      '/healthz',
    ]);
    expect(container?.readinessProbe.httpGet.path).toBe('/readyz?for=kubernetes');
    for (const probe of [container?.startupProbe, container?.livenessProbe, container?.readinessProbe])
      expect(probe?.httpGet.port, 'stays open while fans move away').toBe('metrics');
  });

  test('a pod has the time that draining takes', () => {
    const main = readFileSync(join(root, 'server/src/main.ts'), 'utf8');
    const stopMs = Number(/STOP_TIMEOUT_MS = ([\d_]+)/.exec(main)?.[1]?.replaceAll('_', ''));
    const sleepMs = Number(container?.lifecycle.preStop.exec.command[1]) * 1_000;
    expect(stopMs + sleepMs).toBeGreaterThan(10_000);
    expect(sleepMs + Number(settings.DRAIN_MS) + stopMs).toBeLessThan(pod.spec.terminationGracePeriodSeconds * 1_000);
    const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    const grace = Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1]) * 1_000;
    expect(Number(/DRAIN_MS: \$\{DRAIN_MS:-(\d+)\}/.exec(compose)?.[1]) + stopMs).toBeLessThan(grace);
  });

  test('the autoscaler goes from 2 to 10 at 70 % CPU and 80 % memory, and a drained node takes one pod', () => {
    const autoscaler = the(
      'HorizontalPodAutoscaler',
      z.looseObject({ spec: z.looseObject({ scaleTargetRef: z.unknown() }) }),
    );
    const target = (name: string, averageUtilization: number) => ({
      type: 'Resource',
      resource: { name, target: { type: 'Utilization', averageUtilization } },
    });
    expect(autoscaler.spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'server' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [target('cpu', 70), target('memory', 80)],
    });
    const budget = the('PodDisruptionBudget', z.looseObject({ spec: z.looseObject({}) }));
    expect(budget.spec).toMatchObject({ maxUnavailable: 1 });
  });

  test('selectors find the pods, and the way in leads to them', () => {
    const { labels } = pod.metadata;
    const Selecting = z.looseObject({
      spec: z.looseObject({ selector: z.strictObject({ matchLabels: z.unknown() }) }),
    });
    const Policy = z.looseObject({
      spec: z.looseObject({ podSelector: z.strictObject({ matchLabels: z.unknown() }) }),
    });
    const Service = z.looseObject({
      metadata: z.looseObject({ annotations: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        selector: z.unknown(),
        ports: z.array(z.looseObject({ name: z.string(), targetPort: z.string() })),
      }),
    });
    const service = the('Service', Service);
    expect([
      deployment.spec.selector.matchLabels,
      the('PodDisruptionBudget', Selecting).spec.selector.matchLabels,
      the('NetworkPolicy', Policy).spec.podSelector.matchLabels,
      service.spec.selector,
    ]).toEqual([labels, labels, labels, labels]);
    expect(service.spec.ports.map(({ targetPort }) => targetPort)).toEqual(['http']);
    expect(service.metadata.annotations['haproxy.org/cookie-persistence']).toBe('node');
    const ingress = JSON.stringify(base.find(({ kind }) => kind === 'Ingress'));
    expect(ingress).toContain('"service":{"name":"server","port":{"name":"http"}}');
  });
});

const kubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0;

describe.skipIf(!kubectl)('built with kubectl kustomize', () => {
  test.each(overlays)('overlay %s: every resource fits, in its namespace, with its image and settings', (name) => {
    const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(folder, 'overlays', name)], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const built = readYaml(stdout).map((one) => Resource.parse(one));
    expect(built).toHaveLength(base.length);
    for (const one of built) {
      expect(faultsOf(one), one.kind).toEqual([]);
      expect(one.metadata.namespace, one.kind).toBe(kustomization(`overlays/${name}`).namespace);
    }
    const [image] = kustomization(`overlays/${name}`).images ?? [];
    const { spec } = the('Deployment', Deployment, built).spec.template;
    expect(spec.containers[0]?.image).toBe(`${image?.newName}:${image?.newTag}`);
    expect(the('ConfigMap', Settings, built).data).toMatchObject({ ROLES: 'web,replies', LLM_CONTINUATION: 'vllm' });
    const { host } = new URL(the('ConfigMap', Settings, built).data.PUBLIC_URL ?? '');
    expect(JSON.stringify(built.find(({ kind }) => kind === 'Ingress')).split(`"${host}"`)).toHaveLength(3);
  });
});
