import { Component, type ReactNode } from 'react';
import { warn } from '../log.ts';

type Props = { fallback: ReactNode; children: ReactNode };

/** Shows `fallback` in place of a part that broke. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown) {
    warn('a part of the page broke', error);
  }

  override render() {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
