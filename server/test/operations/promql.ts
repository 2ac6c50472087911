/** What a query asks of Prometheus. */
export type Selector = {
  metric: string;
  matchers: { label: string; operator: string; value: string }[];
  /** The functions and aggregations around it, the innermost first. */
  within: string[];
};
export type Query = {
  selectors: Selector[];
  /** What is grouped by, and over which selectors. */
  groupings: { labels: string[]; over: Selector[] }[];
};

const AGGREGATIONS = new Set(['sum', 'min', 'max', 'avg', 'count', 'group', 'topk', 'bottomk', 'quantile', 'stddev']);
const FUNCTIONS = new Set(
  'rate irate increase delta deriv histogram_quantile clamp_min clamp_max abs absent time scalar vector round'
    .concat(' sum_over_time avg_over_time max_over_time min_over_time changes resets')
    .split(' '),
);
const OPERATORS = new Set(['+', '-', '*', '/', '%', '^', '==', '!=', '>', '<', '>=', '<=', 'and', 'or', 'unless']);
const TOKEN =
  /\s*(?:([A-Za-z_:][\w:]*)|("(?:[^"\\]|\\.)*")|(\[[^\]]+\])|((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:ms|[smhdwy])?)|(=~|!~|==|!=|>=|<=|[-+*/%^=<>(){},]))/iy;
const RANGE = /^\[(\$__rate_interval|(\d+(ms|[smhdwy]))+)\]$/;

/** Reads a query as far as its metrics, labels and functions go. Throws where it is not PromQL. */
export function readQuery(text: string): Query {
  return new Parser(text).query();
}

class Parser {
  readonly #tokens: string[] = [];
  #at = 0;
  readonly #query: Query = { selectors: [], groupings: [] };

  constructor(readonly text: string) {
    TOKEN.lastIndex = 0;
    const end = text.trimEnd().length;
    while (TOKEN.lastIndex < end) {
      const from = TOKEN.lastIndex;
      const found = TOKEN.exec(text);
      if (!found) throw new Error(`${text}: what is this: ${text.slice(from)}`);
      this.#tokens.push(found[0].trim());
    }
  }

  query(): Query {
    this.#expression();
    if (this.#at < this.#tokens.length) this.#refuse('the end');
    return this.#query;
  }

  /** Operands and operators in turn; which binds stronger makes no difference to what is asked. */
  #expression(): Selector[] {
    const found = this.#operand();
    while (OPERATORS.has(this.#next ?? '')) {
      this.#at += 1;
      this.#take('bool');
      if (this.#take('on') || this.#take('ignoring')) this.#labels();
      if (this.#take('group_left') || this.#take('group_right')) if (this.#next === '(') this.#labels();
      found.push(...this.#operand());
    }
    return found;
  }

  #operand(): Selector[] {
    if (this.#take('-')) return this.#operand();
    if (this.#take('(')) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    const token = this.#next ?? '';
    if (/^[\d.]/.test(token)) {
      this.#at += 1;
      return [];
    }
    if (!/^[A-Za-z_:]/.test(token)) this.#refuse('a metric, a number or a function');
    this.#at += 1;
    if (AGGREGATIONS.has(token)) return this.#aggregation(token);
    if (this.#next !== '(') return [this.#selector(token)];
    if (!FUNCTIONS.has(token)) this.#refuse(`a function that is known, not ${token}`);
    return this.#arguments(token);
  }

  #aggregation(name: string): Selector[] {
    let labels = this.#grouping();
    const over = this.#arguments(name);
    labels ??= this.#grouping();
    if (labels) this.#query.groupings.push({ labels, over: [...over] });
    return over;
  }

  #grouping(): string[] | undefined {
    if (!this.#take('by')) return undefined; // `without` names no label that has to be there, and we do not use it
    return this.#labels();
  }

  #arguments(name: string): Selector[] {
    this.#expect('(');
    const found: Selector[] = [];
    while (!this.#take(')')) {
      found.push(...this.#expression());
      if (this.#next !== ')') this.#expect(',');
    }
    for (const selector of found) selector.within.push(name);
    return found;
  }

  #selector(metric: string): Selector {
    const selector: Selector = { metric, matchers: [], within: [] };
    if (this.#take('{'))
      while (!this.#take('}')) {
        const label = this.#any();
        const operator = this.#any();
        const value = this.#any();
        if (!/^(=|!=|=~|!~)$/.test(operator) || !value.startsWith('"')) this.#refuse('label="value"');
        selector.matchers.push({ label, operator, value: JSON.parse(value) as string });
        if (this.#next !== '}') this.#expect(',');
      }
    if (this.#next?.startsWith('[')) {
      if (!RANGE.test(this.#next)) this.#refuse('a range');
      this.#at += 1;
      selector.within.push('[]');
    }
    if (this.#take('offset')) this.#any();
    this.#query.selectors.push(selector);
    return selector;
  }

  #labels(): string[] {
    this.#expect('(');
    const labels: string[] = [];
    while (!this.#take(')')) {
      labels.push(this.#any());
      if (this.#next !== ')') this.#expect(',');
    }
    return labels;
  }

  get #next(): string | undefined {
    return this.#tokens[this.#at];
  }

  #any(): string {
    return this.#tokens[this.#at++] ?? this.#refuse('more');
  }

  #take(token: string): boolean {
    if (this.#next !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) this.#refuse(token);
  }

  #refuse(wanted: string): never {
    throw new Error(`${this.text}: expected ${wanted} at ${this.#next ?? 'the end'}`);
  }
}
