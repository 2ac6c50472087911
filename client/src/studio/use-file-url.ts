import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useUser } from '../account/use-user.ts';
import { config } from '../config.ts';
import { useNet } from '../net/net.ts';

/**
 * An address of the page's own for a file that only some may see, such as an avatar before a moderator has decided.
 * `isOpen`: everybody may, and its own address does.
 */
export function useFileUrl(path: string | undefined, isOpen: boolean) {
  const { download } = useNet();
  const { data, error, refetch } = useQuery({
    queryKey: ['file', useUser()?.id, path],
    queryFn: ({ signal }) => download(path ?? '', signal),
    enabled: path !== undefined && !isOpen,
    staleTime: Infinity,
    gcTime: 0, // it may be large
  });
  const url = useObjectUrl(data);
  const own = isOpen && path !== undefined ? config.serverUrl + path : undefined;
  return { url: own ?? url, error, refetch };
}

/** Given back when the component is gone, or has another file. */
function useObjectUrl(file: Blob | undefined): string | undefined {
  const made = useRef<string>(undefined);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!file) return () => undefined;
      const url = URL.createObjectURL(file);
      made.current = url;
      listener();
      return () => {
        URL.revokeObjectURL(url);
        made.current = undefined;
      };
    },
    [file],
  );
  return useSyncExternalStore(subscribe, () => made.current);
}
