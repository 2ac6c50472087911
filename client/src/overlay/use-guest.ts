import { useEffect, useRef, useState } from 'react';
import { useSession } from '../account/use-user.ts';
import { useNet } from '../net/net.ts';
import { pause } from '../net/pause.ts';
import type { RequestError } from '../net/request-error.ts';
import { enterAsGuest } from './enter-as-guest.ts';

/** Somebody who is sent out again and again does not come back at once. */
const BETWEEN_MS = 10_000;

/** Is somebody, always: whoever is signed in on this device, otherwise a guest. Why not, while that fails. */
export function useGuest(): RequestError | undefined {
  const { session } = useNet();
  const { status } = useSession();
  const [failure, setFailure] = useState<RequestError>();
  const before = useRef(false);
  useEffect(() => {
    if (status !== 'signed-out') return undefined;
    const end = new AbortController();
    const { signal } = end;
    void pause(before.current ? BETWEEN_MS : 0, signal).then(() => {
      before.current = true;
      return enterAsGuest({ session, signal, onFailure: setFailure });
    });
    return () => {
      end.abort();
      setFailure(undefined);
    };
  }, [session, status]);
  return failure;
}
