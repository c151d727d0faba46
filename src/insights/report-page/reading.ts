import { markup, type Html } from "../../basics/html.ts";
import type { Report } from "../report/report.ts";
import { counted, momentText, roundPercent } from "./figures.ts";
import { chapter } from "./page-parts.ts";

/** What the figures mean, and what they do not. */
export const readingChapter = (report: Report): Html =>
  chapter(
    "reading",
    "How to read this",
    null,
    markup`<ul class="reading">
<li><strong>A concern</strong> is one matter in one visit: three messages about the same late parcel are one concern. A visit ends after 24 hours of silence, or when its case is closed.</li>
<li><strong>Intervals.</strong> The dot is the best estimate; the line is its 95 % interval: values that the counts are compatible with. A long line means few concerns, not a large change.</li>
<li><strong>Against the rest.</strong> A change is measured against the rest of your traffic on days alike: working days with working days, Sundays with Sundays, holidays with holidays. When everything grows by a tenth, nothing of it is named a change, and a month with more holidays is not a fall. So a change may differ from the plain quotient of the two counts beside it.</li>
<li><strong>Many comparisons.</strong> This report makes ${counted(report.comparisons, "comparison")}. Chance alone would make some of them look like changes, so all are controlled together: when nothing changed at all, a report names a change at most ${roundPercent(report.falseAlarmRate)} of the time. An interval by itself may therefore leave “no change” out, and still be within chance. That does not mean that nothing changed, only that these counts do not show it.</li>
<li><strong>What is not claimed.</strong> A change says what and where, not why. Rates of messages that ended without a person say nothing of whether the customer was content. Where an intent was recognized wrongly and nobody corrected it, it is counted where it was put.</li>
<li><strong>Words of customers</strong> are masked: ‹phone:1› stands where a number stood.</li>
<li>Days are business days in ${report.timeZone}. Made ${momentText(report.madeAt, report.timeZone)}; counted through ${momentText(report.countedThrough, report.timeZone)}.</li>
</ul>`,
  );
