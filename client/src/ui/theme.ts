import { create } from 'zustand';
import { recall, remember } from './remember.ts';

export type Theme = 'system' | 'light' | 'dark';
const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

export const useTheme = create<{ theme: Theme }>(() => ({ theme: 'system' }));

/** Follows the system until a person chooses; the choice is kept on this device. */
export function startTheme(): void {
  useTheme.setState({ theme: recall('theme', ['system', 'light', 'dark'] as const) ?? 'system' });
  useTheme.subscribe(show);
  dark().addEventListener('change', show);
  show();
}

export function setTheme(theme: Theme): void {
  remember('theme', theme);
  useTheme.setState({ theme });
}

function show(): void {
  const { theme } = useTheme.getState();
  document.documentElement.dataset.theme = theme === 'system' ? (dark().matches ? 'dark' : 'light') : theme;
}
