import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { routes } from '@fantwin/shared/http';
import express, { type Express, type NextFunction, type Request, type Response, Router } from 'express';
import helmet from 'helmet';
import { AppError } from '../core/errors.ts';
import type { Logger } from './logger.ts';
import { openApiDocument } from './openapi.ts';
import type { OriginCheck } from './origin.ts';
import type { Readiness } from './readiness.ts';
import { answerError } from './routes.ts';
import { staticFiles } from './static-files.ts';

type Dependencies = {
  origin: OriginCheck;
  /** Which proxies' word about the client's address counts, as Express's `trust proxy` takes it. */
  trustProxy: boolean | number | string;
  /** The built page. */
  clientFolder: string;
  version: string;
  readiness: Pick<Readiness, 'answer'>;
  logger: Logger;
};

/** Everything over HTTP but the sockets. `serve` adds the routes of the parts. */
export function createHttpApp(deps: Dependencies, serve: (router: Router) => void): Express {
  const app = express();
  app.set('trust proxy', deps.trustProxy);
  app.disable('x-powered-by');
  app.use(requestId, securityHeaders(deps.origin.secure));

  app.get('/healthz', (_request, response) => response.json({ ok: true }));
  app.get('/readyz', readyz(deps.readiness));

  const openApi = openApiDocument(routes, { version: deps.version, address: deps.origin.address });
  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.get('/api/openapi.json', (_request, response) => response.json(openApi));
  const parts = Router();
  serve(parts);
  app.use(parts);
  app.use(['/api', '/avatars', '/speech', '/socket.io', '/metrics'], () => {
    throw new AppError('not-found', 'There is nothing at this address. See /api/openapi.json for what there is.');
  });

  app.use(staticFiles(deps.clientFolder));
  app.use(page(deps.clientFolder));
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerError(asAppError(error), request, response, deps.logger);
  });
  return app;
}

function requestId(_request: Request, response: Response, next: NextFunction): void {
  response.set('X-Request-Id', randomUUID());
  next();
}

function securityHeaders(secure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'connect-src': ["'self'", 'blob:', 'data:', 'ws:', 'wss:'],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:'],
        'font-src': ["'self'", 'data:'],
        'worker-src': ["'self'", 'blob:'],
        'object-src': ["'none'"],
        'frame-src': ["'none'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        ...(secure && { 'upgrade-insecure-requests': [] }),
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure && { maxAge: 31_536_000, includeSubDomains: false },
  });
}

function readyz(readiness: Dependencies['readiness']) {
  return async (request: Request, response: Response): Promise<void> => {
    const { status, body } = await readiness.answer(request.query.for);
    response.set('Cache-Control', 'no-store').status(status).json(body);
  };
}

/** Every address that a browser opens is the page, which knows its own routes. */
function page(folder: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const asked = request.path === '/' || request.accepts(['json', 'html']) === 'html';
    if (!['GET', 'HEAD'].includes(request.method) || !asked || /\.\w+$/.test(request.path)) {
      throw new AppError('not-found', 'There is nothing at this address.');
    }
    response.set('Cache-Control', 'no-cache');
    response.sendFile(join(folder, 'index.html'), { cacheControl: false }, (error?: Error) => {
      if (error && !response.headersSent)
        next(new AppError('unavailable', 'The page is not built yet: npm run build', { cause: error }));
    });
  };
}

/** Express's own refusals (a broken address, say) carry a status. */
function asAppError(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (typeof status !== 'number' || status < 400 || status > 499) return error;
  return new AppError(status === 404 ? 'not-found' : 'bad-request', 'This request cannot be understood.', {
    cause: error,
  });
}
