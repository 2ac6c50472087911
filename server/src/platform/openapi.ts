import { WireError } from '@fantwin/shared/errors';
import type { Route } from '@fantwin/shared/http';
import { z } from 'zod';

type JsonSchema = Record<string, unknown> & { properties?: Record<string, unknown>; required?: string[] };

const errorAnswer = z.object({ error: WireError });

/** The contract as OpenAPI 3.1, made from the same schemas that check the requests. */
export function openApiDocument(routes: Record<string, Route>, about: { version: string; address: string }) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'FanTwin', version: about.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: about.address }],
    paths,
    components: {
      schemas: { Error: schemaOf(errorAnswer, 'output') },
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        sessionCookie: { type: 'apiKey', in: 'cookie', name: 'fantwin' },
      },
    },
  };
}

function operation(name: string, route: Route) {
  return {
    operationId: name,
    summary: route.summary,
    security: security[route.auth],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body && { requestBody: { required: true, content: jsonOf(schemaOf(route.body, 'input')) } }),
    ...(route.file && {
      requestBody: { required: true, content: { [route.file.type]: { schema: { type: 'string', format: 'binary' } } } },
    }),
    responses: {
      200: { description: 'Done', content: jsonOf(schemaOf(route.output, 'output')) },
      default: {
        description: 'Refused, with a code and what to do',
        headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } },
        content: jsonOf({ $ref: '#/components/schemas/Error' }),
      },
    },
  };
}

const security: Record<Route['auth'], Record<string, never[]>[]> = {
  none: [{}, { accessToken: [] }],
  user: [{ accessToken: [] }],
  cookie: [{ sessionCookie: [] }],
};

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return body;
}

const jsonOf = (schema: JsonSchema) => ({ 'application/json': { schema } });
