// Reads the data that `gw` wrote into the page and lays the report out, top to bottom.

import './style/fonts.css';
import './style/page.css';
import './style/parts.css';
import './style/print.css';
import type { ReportData } from './data';
import { h } from './dom';
import { drawCharts, nameReport, setPaperWidth } from './figure';
import { readData, readReport } from './normalise';
import { answers } from './sections/answers';
import { charts } from './sections/charts';
import { claims, lints } from './sections/claims';
import { events } from './sections/events';
import { footer, header, navigation } from './sections/header';
import { headline } from './sections/headline';
import { jobs } from './sections/jobs';
import { ledgers } from './sections/ledgers';
import type { Part } from './sections/section';
import { glossary, sources } from './sections/sources';
import { plant } from './sections/plant';
import { serving } from './sections/serving';
import { study } from './sections/study';
import { whatIf } from './sections/whatIf';
import { isStudy } from './study';
import { learnTerms } from './terms';
import { onThemeChange, startTheme, watchPrinting } from './theme';

/** Width of the text on a sheet of A4 or letter with the margins of print.css, in CSS pixels. */
const sheetWidth = 680;

const data = readData(document.getElementById('report-data'));
// Labels are measured when a chart is drawn, so the embedded fonts come first; they are data, not a request.
const fonts = ['400 12px "Source Sans 3"', '600 12px "Source Sans 3"'].map(font => document.fonts.load(font));
const page = document.getElementById('report')!;
startTheme();

if (!data) {
  page.replaceChildren(h('main', {}, h('p', { class: 'nothing' }, 'This is the empty report page. gw writes the data of a run into it.')));
} else {
  if (isStudy(data)) {
    document.title = `${data.subject} – Gigawatt study`;
    nameReport(`${data.study} ${data.subject}`);
    page.replaceChildren(...study(data));
  } else {
    page.replaceChildren(...report(readReport(data)));
  }

  let folded: HTMLDetailsElement[] = [];
  watchPrinting(() => {
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of folded) details.open = true;
    setPaperWidth(sheetWidth);
  }, () => {
    for (const details of folded) details.open = false;
    setPaperWidth(null);
  });
  void Promise.allSettled(fonts).then(() => {
    drawCharts();
    onThemeChange(() => drawCharts());
    document.documentElement.dataset['drawn'] = String(Math.round(performance.now()));
  });
}

function report(data: ReportData): HTMLElement[] {
  document.title = `${data.name} – Gigawatt report`;
  nameReport(data.name);
  learnTerms(data.glossary);
  const parts = [answers(data), headline(data), ...charts(data), jobs(data.jobs), serving(data.serving), plant(data.power), whatIf(data.what_if), claims(data), lints(data), events(data), ledgers(data), sources(data), glossary(data)].filter((part): part is Part => part !== null);
  return [header(data), navigation(data.name, data, parts), h('main', {}, parts.map(part => part.element)), footer(data.program)];
}
