import { VRM_MAX_BYTES } from '@fantwin/shared/limits';
import { Finding, type VrmModel } from '@fantwin/shared/vrm-models';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { useNet } from '../net/net.ts';
import { type RequestError, toRequestError } from '../net/request-error.ts';
import { lacksPortrait, useMakePortrait } from './use-portrait.ts';

export type Phase =
  | { is: 'resting' }
  /** `part`: from 0 to 1; at 1 the server looks at it. */
  | { is: 'sending'; part: number }
  | { is: 'portrait' }
  | { is: 'done'; model: VrmModel }
  | { is: 'refused'; error: RequestError; findings: readonly Finding[] };

export type FileFault = 'tooLarge' | 'empty' | 'otherKind';

/** What can be known of a file before it is sent. */
export function fileFault({ name, size }: Pick<File, 'name' | 'size'>): FileFault | undefined {
  if (size > VRM_MAX_BYTES) return 'tooLarge';
  if (size === 0) return 'empty';
  return /\.(vrm|glb)$/i.test(name) ? undefined : 'otherKind';
}

const Details = z.object({ findings: z.array(Finding) });
/** What the scan has against the file; nothing where it was refused for something else. */
export const findingsIn = (error: RequestError): readonly Finding[] =>
  Details.safeParse(error.details).data?.findings ?? [];

/** Sends an avatar, then has its portrait taken from the same file. Leaving the page ends it. */
export function useAvatarUpload() {
  const { upload } = useNet();
  const queries = useQueryClient();
  const { mutateAsync: makePortrait } = useMakePortrait();
  const [phase, setPhase] = useState<Phase>({ is: 'resting' });
  const sending = useRef<AbortController>(undefined);
  useEffect(() => () => sending.current?.abort(), []);

  async function send(file: File): Promise<void> {
    const end = new AbortController();
    sending.current = end;
    const { signal } = end;
    const now = (next: Phase): void => {
      if (!signal.aborted) setPhase(next);
    };
    now({ is: 'sending', part: 0 });
    try {
      const onProgress = (part: number): void => now({ is: 'sending', part });
      const model = await upload('uploadVrm', { query: { rights: 'confirmed' } }, file, { signal, onProgress });
      now({ is: 'portrait' });
      const pictured = lacksPortrait(model)
        ? await makePortrait({ model, file, signal }).catch(() => undefined)
        : undefined;
      await queries.invalidateQueries({ queryKey: ['studio'] });
      now({ is: 'done', model: pictured ?? model });
    } catch (thrown) {
      const error = toRequestError(thrown);
      now({ is: 'refused', error, findings: findingsIn(error) });
      if (signal.aborted) void queries.invalidateQueries({ queryKey: ['studio'] }); // it may have come too late
    }
  }

  /** Before the whole file is there; what was picked stays. */
  function cancel(): void {
    sending.current?.abort();
    setPhase({ is: 'resting' });
  }

  return { phase, send: (file: File): void => void send(file), cancel, rest: (): void => setPhase({ is: 'resting' }) };
}
