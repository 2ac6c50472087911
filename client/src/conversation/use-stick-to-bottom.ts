import { useCallback, useLayoutEffect, useRef, useState } from 'react';

const NEAR_BOTTOM_PX = 56;
const NEAR_TOP_PX = 240;

/**
 * A list that stays at its newest line while the reader is there, and where they are when they are not.
 * `first` names the topmost line: when it changes, lines were added above and the view stays where it was.
 */
export function useStickToBottom(first: string | undefined, onNearTop: () => void) {
  const view = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const height = useRef(0);
  const top = useRef(0);
  const [atBottom, setAtBottom] = useState(true);

  const toBottom = useCallback((smooth = false) => {
    stuck.current = true;
    setAtBottom(true);
    const element = view.current;
    element?.scrollTo({ top: element.scrollHeight, behavior: smooth ? 'smooth' : 'auto' });
  }, []);

  const onScroll = useCallback(() => {
    const element = view.current;
    if (!element) return;
    // Only going up is leaving: a scroll event may also tell of an older place, while the list has grown since.
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_BOTTOM_PX;
    if (near) stuck.current = true;
    else if (element.scrollTop < top.current) stuck.current = false;
    top.current = element.scrollTop;
    setAtBottom(stuck.current);
    if (element.scrollTop < NEAR_TOP_PX && element.scrollHeight > element.clientHeight) onNearTop();
  }, [onNearTop]);

  useLayoutEffect(() => {
    const element = view.current;
    if (element && !stuck.current) element.scrollTop += element.scrollHeight - height.current;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it runs when the topmost line changes
  }, [first]);

  useLayoutEffect(() => {
    height.current = view.current?.scrollHeight ?? 0;
  });

  useLayoutEffect(() => {
    const follow = new ResizeObserver(() => {
      if (stuck.current) view.current?.scrollTo({ top: view.current.scrollHeight });
      height.current = view.current?.scrollHeight ?? 0;
    });
    if (content.current) follow.observe(content.current);
    if (view.current) follow.observe(view.current);
    return () => follow.disconnect();
  }, []);

  return { view, content, atBottom, toBottom, onScroll };
}
