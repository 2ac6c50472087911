import { useEffect } from 'react';

const NAME = 'FanTwin';

/** What the browser calls this page, while it is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${NAME}`;
    return () => {
      document.title = NAME;
    };
  }, [title]);
}
