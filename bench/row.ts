/** What a run of the bench was asked for, and the stores that it runs on. */
export type Bench = {
  quick: boolean;
  /** Where servers write their CPU profiles, if they are to. */
  profileFolder?: string;
  redisPid: number;
  postgresPid: number;
  /** Tells people how far it is. */
  say: (text: string) => void;
  /** Called at the end, in any order with others, whatever happened. */
  atEnd: (close: () => Promise<void>) => void;
};

/** One line of the table. `met`: absent where there is no goal. */
export type Line = {
  what: string;
  goal: string;
  ours: string;
  peer?: string;
  ratio?: string;
  met?: boolean;
  /** What a reader has to know to judge the figure, and everything that went wrong. */
  notes: string[];
};

export type Row = {
  name: string;
  run: (bench: Bench) => Promise<Line[]>;
};
