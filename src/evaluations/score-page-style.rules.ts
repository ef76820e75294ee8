/** How the page of a score looks, on a screen and on A4. Its hash stands in the page's Content-Security-Policy. */
export const SCORE_PAGE_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 48rem; background: #fff; color: #111;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
h1, h2 { line-height: 1.25; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
.chart { margin: 1.5rem 0; padding: .5rem; border: 1px solid #bbb; }
.chart svg { display: block; width: 100%; height: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.35; }
caption { padding: .25rem 0; text-align: start; color: #444; }
th, td { padding: .3rem .4rem; border-bottom: 1px solid #bbb; text-align: start; vertical-align: top; }
bdi { overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid #111; vertical-align: bottom; }
tbody th { font-weight: normal; }
tbody th[scope="rowgroup"] { padding-top: .7rem; font-weight: bold; }
tfoot th, tfoot td { border-top: 2px solid #111; border-bottom: 0; font-weight: bold; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { margin-top: 2rem; padding-top: .5rem; border-top: 1px solid #bbb; font-size: .875rem; color: #444; }
@media (max-width: 30rem) { body { padding: 1rem .5rem; } table { font-size: .75rem; } th, td { padding: .25rem .15rem; }
  .number { white-space: normal; } }
@page { size: A4; margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-after: avoid; }
  .chart { padding: 0; border: 0; }
  .chart svg { max-height: 255mm; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, footer { break-inside: avoid; }
}
`;
