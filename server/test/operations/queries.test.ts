import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ErrorCode } from '@fantwin/shared/errors';
import { Finish } from '@fantwin/shared/events';
import { VerdictAction } from '@fantwin/shared/guardian';
import { requests } from '@fantwin/shared/live';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../src/platform/metrics.ts';
import { readQuery, type Selector } from './promql.ts';
import { readYaml } from './yaml.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');

type Metric = { name: string; type: string; labels: string[] };

/** What Prometheus adds to every metric, and what it tells of its targets. */
const TARGET_LABELS = ['instance', 'job'];
const UP: Metric = { name: 'up', type: 'gauge', labels: [] };

/** Everything that a server exposes, by the names that Prometheus stores. */
function exposed(): Map<string, Metric> {
  const stored = new Map([[UP.name, UP]]);
  for (const { name, type, labelNames } of createMetrics().registry.getMetricsAsArray() as unknown as {
    name: string;
    type: string;
    labelNames: string[];
  }[]) {
    const labels = [...labelNames];
    if (type !== 'histogram') stored.set(name, { name, type, labels });
    else {
      stored.set(`${name}_bucket`, { name: `${name}_bucket`, type: 'bucket', labels: [...labels, 'le'] });
      for (const part of ['_sum', '_count']) stored.set(name + part, { name: name + part, type: 'counter', labels });
    }
  }
  return stored;
}
const metrics = exposed();

/** Labels whose values the contract fixes; a typing error in one would make a query that is always empty. */
const values: Record<string, readonly string[]> = {
  outcome: ['ok', ...ErrorCode.options],
  finish: Finish.options,
  action: VerdictAction.options,
  direction: ['input', 'output'],
  request: Object.keys(requests),
  stage: ['prompt', 'first-token', 'stream', 'speech'],
  state: ['waiting', 'active', 'delayed', 'busy', 'idle'],
  how: ['recorded', 'kept', 'unread', 'failed'],
  job: ['server'],
  status: ['200', '404', '500', '503'],
  route: ['/api/auth/refresh'],
};

/** What is wrong with a query, in words. */
function faultsOf(expr: string): string[] {
  const { selectors, groupings } = readQuery(expr);
  if (selectors.length === 0) return ['asks for nothing'];
  const has = ({ metric }: Selector, label: string) =>
    [...(metrics.get(metric)?.labels ?? []), ...TARGET_LABELS].includes(label);
  return [
    ...selectors.flatMap(faultsOfSelector),
    ...selectors.flatMap((one) =>
      one.matchers.filter(({ label }) => !has(one, label)).map(({ label }) => `${one.metric} has no ${label}`),
    ),
    ...groupings.flatMap(({ labels, over }) =>
      over.flatMap((one) => labels.filter((label) => !has(one, label)).map((label) => `${one.metric} has no ${label}`)),
    ),
  ];
}

function faultsOfSelector({ metric, matchers, within }: Selector): string[] {
  const type = metrics.get(metric)?.type;
  if (!type) return [`there is no ${metric}`];
  const [first, second] = within;
  const rated = first === '[]' && ['rate', 'irate', 'increase'].includes(second ?? '');
  const grows = type === 'counter' || type === 'bucket';
  return [
    ...(rated && !grows ? [`${metric} is a ${type}, whose rate says nothing`] : []),
    ...(grows && !rated ? [`${metric} only grows: ask for its rate`] : []),
    ...(within.includes('histogram_quantile') !== (type === 'bucket') ? [`${metric} is no histogram's bucket`] : []),
    ...matchers.filter(matchesNothing).map(({ label, value }) => `${metric}{${label}="${value}"} cannot be`),
  ];
}

function matchesNothing({ label, operator, value }: Selector['matchers'][number]): boolean {
  const possible = values[label] ?? [];
  const parts = operator.endsWith('~') ? value.split('|') : [value];
  return !parts.every((part) => possible.some((one) => (operator.endsWith('~') ? full(part).test(one) : one === part)));
}
const full = (pattern: string) => new RegExp(`^(?:${pattern})$`);

const Dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      datasource: z.object({ type: z.literal('prometheus'), uid: z.literal('prometheus') }),
      fieldConfig: z.object({ defaults: z.object({ unit: z.string() }) }),
      targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
    }),
  ),
});
const boards = readdirSync(`${root}deploy/grafana/dashboards`).map((file) => ({
  file,
  ...Dashboard.parse(JSON.parse(read(`deploy/grafana/dashboards/${file}`))),
}));

const Alerts = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^([A-Z][a-z]+)+$/),
          expr: z.string(),
          for: z.string().regex(/^\d+[sm]$/),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});
const alerts = Alerts.parse(readYaml(read('deploy/prometheus/alerts.yml'))[0]).groups.flatMap(({ rules }) => rules);

describe('queries ask for what servers expose', () => {
  test.each(boards.flatMap(({ file, panels }) => panels.map((panel) => [file, panel.title, panel] as const)))(
    'dashboard %s: %s',
    (_file, _title, { targets }) => {
      for (const { expr, legendFormat } of targets) {
        expect(faultsOf(expr), expr).toEqual([]);
        const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
        const { groupings, selectors } = readQuery(expr);
        const kept = groupings.length > 0 ? groupings.flatMap(({ labels }) => labels) : labelsOf(selectors);
        for (const label of named) expect([...kept, 'instance'], `${legendFormat} of ${expr}`).toContain(label);
      }
    },
  );

  const labelsOf = (selectors: readonly Selector[]) =>
    selectors.flatMap(({ metric }) => [...(metrics.get(metric)?.labels ?? []), ...TARGET_LABELS]);

  test.each(alerts.map((rule) => [rule.alert, rule] as const))('alert %s', (_name, { expr }) => {
    expect(faultsOf(expr), expr).toEqual([]);
    expect(expr, 'an alert compares with a limit, or looks for what is absent').toMatch(/[<>=] *[\d.e]+\b|absent/);
    expect(expr).not.toContain('$__');
  });

  test('every alert has its own section in the runbook, and no section stands alone', () => {
    const chapter =
      read('docs/operations.md')
        .split(/^## Runbook$/m)[1]
        ?.split(/^## /m)[0] ?? '';
    const sections = [...chapter.matchAll(/^### (.+)$/gm)].map(([, title = '']) => title);
    expect(sections.map(anchorOf).sort()).toEqual(alerts.map(({ alert }) => anchorOf(split(alert))).sort());
    for (const { alert, annotations } of alerts)
      expect(annotations.runbook).toBe(`docs/operations.md#${anchorOf(split(alert))}`);
    for (const part of chapter.split(/^### .+$/m).slice(1)) expect(part.trim().length).toBeGreaterThan(100);
  });
  const split = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const anchorOf = (title: string) => title.toLowerCase().replaceAll(' ', '-');

  test('every metric of ours is looked at somewhere', () => {
    const asked = [...boards.flatMap(({ panels }) => panels.flatMap(({ targets }) => targets)), ...alerts]
      .flatMap(({ expr }) => readQuery(expr).selectors)
      .map(({ metric }) => metric.replace(/_(bucket|count|sum)$/, ''));
    const ours = createMetrics()
      .registry.getMetricsAsArray()
      .map(({ name }) => name)
      .filter((name) => !/^(process|nodejs)_/.test(name));
    expect(ours.filter((name) => !asked.includes(name))).toEqual([]);
  });

  test('every metric of ours is observed somewhere', () => {
    const folder = `${root}server/src`;
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const others = sources.filter((path) => !path.endsWith('platform/metrics.ts'));
    const text = others.map((path) => readFileSync(`${folder}/${path}`, 'utf8')).join('\n');
    const names = Object.keys(createMetrics()).filter((name) => name !== 'registry');
    expect(names.filter((name) => !new RegExp(`metrics\\.${name}\\.(inc|set|observe)\\(`).test(text))).toEqual([]);
  });

  test('names end in their unit', () => {
    for (const { name, type } of createMetrics().registry.getMetricsAsArray() as unknown as Metric[]) {
      if (/^(process|nodejs)_/.test(name)) continue;
      if (type === 'counter') expect(name).toMatch(/_total$/);
      if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/);
    }
  });
});

describe('Prometheus and Grafana find their files', () => {
  test('dashboards have names of their own, and panels numbers', () => {
    expect(new Set(boards.map(({ uid }) => uid)).size).toBe(boards.length);
    for (const { panels } of boards) expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test('what is mounted is what the settings name', () => {
    const compose = read('docker-compose.yml');
    const [settings] = readYaml(read('deploy/prometheus.yml')) as [{ rule_files: string[] }];
    const [provisioning] = readYaml(read('deploy/grafana/dashboards.yml')) as [
      { providers: { options: { path: string } }[] },
    ];
    for (const inside of [...settings.rule_files, ...provisioning.providers.map(({ options }) => options.path)]) {
      const [, outside = ''] = new RegExp(`- \\./(\\S+):${inside}:ro`).exec(compose) ?? [];
      expect(existsSync(root + outside) && outside !== '', inside).toBe(true);
    }
  });
});

describe('the judge of queries', () => {
  test.each([
    ['sum(rate(nothing_total[5m]))', 'there is no nothing_total'],
    ['sum by (room) (rate(feed_gaps_total[5m]))', 'feed_gaps_total has no room'],
    ['sum(rate(replies_ended_total{how="failed"}[5m]))', 'replies_ended_total has no how'],
    ['sum(rate(replies_ended_total{finish="fails"}[5m]))', 'replies_ended_total{finish="fails"} cannot be'],
    ['sum(feed_gaps_total)', 'feed_gaps_total only grows: ask for its rate'],
    ['rate(feeds_open[5m])', 'feeds_open is a gauge, whose rate says nothing'],
    ['histogram_quantile(0.9, rate(feed_gaps_total[5m]))', "feed_gaps_total is no histogram's bucket"],
    [
      'histogram_quantile(0.9, sum by (le) (rate(log_append_duration_seconds[5m])))',
      'there is no log_append_duration_seconds',
    ],
    [
      'sum(rate(log_append_duration_seconds_bucket[5m]))',
      "log_append_duration_seconds_bucket is no histogram's bucket",
    ],
    ['1 + 1', 'asks for nothing'],
  ])('finds the fault of %s', (expr, fault) => {
    expect(faultsOf(expr)).toContain(fault);
  });

  test.each(['sum(', 'sum(up))', 'up{job=server}', 'up{job}', 'rte(up[5m])', 'rate(up[5 m])', 'up and', '', 'up;'])(
    'refuses %j',
    (expr) => {
      expect(() => readQuery(expr)).toThrow(/expected|what is this/);
    },
  );

  test('reads the shapes of PromQL that dashboards use', () => {
    const { selectors, groupings } = readQuery(
      'sum(rate(a_total{x=~"1|2", y!="3"}[5m])) by (x) / on (x) group_left max(b offset 5m) > bool 0.5',
    );
    expect(selectors.map(({ metric, within }) => [metric, within])).toEqual([
      ['a_total', ['[]', 'rate', 'sum']],
      ['b', ['max']],
    ]);
    expect(selectors[0]?.matchers).toEqual([
      { label: 'x', operator: '=~', value: '1|2' },
      { label: 'y', operator: '!=', value: '3' },
    ]);
    expect(groupings.map(({ labels, over }) => [labels, over.map(({ metric }) => metric)])).toEqual([
      [['x'], ['a_total']],
    ]);
  });
});
