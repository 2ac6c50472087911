import type { Usage } from './engine.ts';

/** Dollars per million tokens, which is millionths of a dollar per token. */
export type Price = { prompt: number; completion: number };
export type PriceList = Readonly<Record<string, Price>>;

/** List prices of hosted models, July 2026 or before; own ones come first. A model that is not known costs 0. */
const knownPrices: PriceList = {
  'gpt-4o': { prompt: 2.5, completion: 10 },
  'gpt-4o-mini': { prompt: 0.15, completion: 0.6 },
  'gpt-4.1': { prompt: 2, completion: 8 },
  'gpt-4.1-mini': { prompt: 0.4, completion: 1.6 },
  'gpt-4.1-nano': { prompt: 0.1, completion: 0.4 },
  'gpt-5': { prompt: 1.25, completion: 10 },
  'gpt-5-mini': { prompt: 0.25, completion: 2 },
  'gpt-5-nano': { prompt: 0.05, completion: 0.4 },
};

/** The price of a model, also under a dated name such as `gpt-4o-mini-2024-07-18`. */
export function priceOf(model: string, own: PriceList = {}): Price {
  const undated = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return own[model] ?? own[undated] ?? knownPrices[undated] ?? { prompt: 0, completion: 0 };
}

export function withCost(tokens: { promptTokens: number; completionTokens: number }, price: Price): Usage {
  const cost = tokens.promptTokens * price.prompt + tokens.completionTokens * price.completion;
  return { ...tokens, costMicroUsd: Math.ceil(cost) };
}
