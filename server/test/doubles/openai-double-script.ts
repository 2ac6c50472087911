import { z } from 'zod';

const times = { times: z.number().int().positive().default(1), model: z.string().optional() };
const afterTokens = z.number().int().nonnegative();

/** What one request meets; `model`: only requests for that model. */
export const Misbehaviour = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status: z.number().int(), retryAfterSeconds: z.number().optional(), ...times }),
  /** Takes the request and says nothing, not even headers. */
  z.object({ kind: z.literal('silent'), ...times }),
  /** After so many tokens: the connection breaks, nothing more comes, broken JSON, an error event, an end without its reason. */
  z.object({ kind: z.literal('cut'), afterTokens, ...times }),
  z.object({ kind: z.literal('hang'), afterTokens, ...times }),
  z.object({ kind: z.literal('malformed'), afterTokens, ...times }),
  z.object({ kind: z.literal('error-event'), afterTokens, ...times }),
  z.object({ kind: z.literal('no-end'), afterTokens, ...times }),
  z.object({ kind: z.literal('no-usage'), ...times }),
]);
export type Misbehaviour = z.infer<typeof Misbehaviour>;

/** Each part replaces what was set before. */
export const Control = z.strictObject({
  answers: z.array(z.string()).min(1).optional(),
  tokenMs: z.number().nonnegative().optional(),
  misbehave: z.array(Misbehaviour).optional(),
});

/** What a correct request looks like; anything else is answered with 400 and recorded. */
export const ChatRequest = z
  .strictObject({
    model: z.string().min(1),
    messages: z
      .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }))
      .min(1),
    stream: z.literal(true),
    stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
    max_tokens: z.number().int().positive().optional(),
    max_completion_tokens: z.number().int().positive().optional(),
    continue_final_message: z.boolean().optional(),
    add_generation_prompt: z.boolean().optional(),
  })
  .refine(({ messages }) => messages.slice(1).every(({ role }) => role !== 'system'), 'system messages come first')
  .refine(({ messages }) => messages.some(({ role }) => role === 'user'), 'nobody asks');
export type ChatRequest = z.infer<typeof ChatRequest>;

export type OpenAiDoubleOptions = {
  port?: number;
  /** Where set, requests need it as their bearer token. */
  apiKey?: string;
  /** Other models are not found. */
  models?: readonly string[];
  /** In turn, one per new prompt, the last one for all that follow; or by what is asked. */
  answers?: readonly string[] | ((messages: ChatRequest['messages']) => string);
  tokenMs?: number;
  /** Whether it goes on from a last message of the assistant, and whether that needs vLLM's switches. */
  continuation?: 'assistant' | 'vllm';
};

/** Words with the space before them; other scripts letter by letter. */
export function splitTokens(text: string): string[] {
  return text.match(/\s*[!-~]+|\s*\S|\s+$/gu) ?? [];
}
