import { useStore } from 'zustand';
import { useNet } from '../net/net.ts';
import type { SessionState } from '../net/session.ts';

export const useSession = (): SessionState => useStore(useNet().session.state);
export const useUser = () => useSession().user;
