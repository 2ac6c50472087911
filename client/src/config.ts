import { z } from 'zod';

const BuildSettings = z.object({
  /** Where the server is, when it is not where the page came from. */
  VITE_SERVER_URL: z.url().optional(),
});

const settings = BuildSettings.parse(import.meta.env);

export const config = { serverUrl: settings.VITE_SERVER_URL ?? '' } as const;
