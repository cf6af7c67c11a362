/** What a picture shows: numbers and names, no more. The room of charts knows nothing of messages. */

export interface Bar {
  label: string;
  value: number;
  /** How the number is written at its bar. */
  text: string;
}

export type Chart =
  /** Names with their numbers, one bar below the other. */
  | { kind: "bars"; title: string; subtitle: string; bars: readonly Bar[] }
  /** Numbers over time, one column beside the other. */
  | { kind: "columns"; title: string; subtitle: string; bars: readonly Bar[] }
  /** Weekdays below each other, hours beside each other. */
  | {
      kind: "week";
      title: string;
      subtitle: string;
      weekdays: readonly string[];
      /** Seven rows of 24. */
      values: readonly (readonly number[])[];
    };

export interface ChartLook {
  theme: "light" | "dark";
  width?: number;
  height?: number;
}
