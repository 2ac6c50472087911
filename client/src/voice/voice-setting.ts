import { create } from 'zustand';
import { recall, remember } from '../ui/remember.ts';

/** Whether twins are heard on this device. */
export const useVoiceSetting = create<{ on: boolean }>(() => ({ on: recall('voice', ['on', 'off']) !== 'off' }));

export function setVoice(on: boolean): void {
  remember('voice', on ? 'on' : 'off');
  useVoiceSetting.setState({ on });
}
