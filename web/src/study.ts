// The shape of the data that `gw study` writes into a page. The C# twin of this file is src/Gigawatt.Twin/Studies/StudyPage.cs
// with StudyChart.cs and StudyAnswer.cs: change both together.

export interface ChartAxis { label: string; unit: string; is_log: boolean }

export interface ChartSeries {
  label: string;
  style: 'Line' | 'Dashed' | 'Step' | 'Area' | 'Bar' | 'Point';
  x: (number | string | null)[];
  /** What is not a number is a gap; it arrives as a word such as "NaN". */
  y: (number | string | null)[];
  /** Colour family: fuel, electricity, heat, water, gpu, money, or neutral. */
  family: string;
}

export interface StudyChart {
  /** The finding, a full sentence. */
  title: string;
  caption: string;
  x: ChartAxis;
  y: ChartAxis;
  /** Names along the horizontal axis, when it counts things instead of measuring. */
  categories: string[];
  series: ChartSeries[];
  /** Moments and, with is_level, heights that have a name. */
  marks: { label: string; at: number; is_level: boolean }[];
}

export interface StudyData {
  kind: 'study';
  study: string;
  question: string;
  subject: string;
  finding: string;
  remarks: string[];
  tables: { title: string; columns: string[]; rows: string[][] }[];
  charts: StudyChart[];
  program: string;
}

/** Whether the page was written by `gw study` and not by `gw run`. */
export const isStudy = (data: unknown): data is StudyData => (data as StudyData | null)?.kind === 'study';

/** A number, or null where there is none. */
export const finite = (value: number | string | null | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
