/** What an import would change, by village and by row, before anything is changed. */
import type { ComponentChildren } from 'preact';
import { both } from '../../i18n/words';
import { useT } from '../../ui/app';
import { labelOf } from '../../ui/labels';
import { Icon } from '../../ui/signs';
import type { FoundInside, RowRemark } from './importShapes';
import { I } from './importWords';
import { sums } from './upload';
import { W } from './words';

const SHOWN = 30;

function Villages({ found }: { found: FoundInside }) {
  const t = useT();
  const all = sums(found);
  return (
    <section class="card wide">
      <table>
        <thead><tr><th scope="col">{t(I.village)}</th><th class="n" scope="col">{t(I.fresh)}</th><th class="n" scope="col">{t(I.changed)}</th><th class="n" scope="col">{t(I.same)}</th></tr></thead>
        <tbody>{found.villages.map((v) => <tr key={v.name}><th scope="row">{v.name} {v.known ? '' : <span class="late">{t(I.newVillage)}</span>}</th><td class="n">{v.new}</td><td class="n">{v.changed}</td><td class="n">{v.unchanged}</td></tr>)}</tbody>
        <tfoot><tr><th scope="row">{t(I.all)}</th><td class="n">{all.new}</td><td class="n">{all.changed}</td><td class="n">{all.unchanged}</td></tr></tfoot>
      </table>
    </section>
  );
}

function Rows({ title, n, children }: { title: string; n: number; children: ComponentChildren }) {
  const t = useT();
  if (n === 0) return null;
  return (
    <details class="card" open={n <= 12}>
      <summary class="row"><b>{title}</b></summary>
      {children}
      {n > SHOWN ? <p class="row soft">{t(I.more, { n: n - SHOWN })}</p> : null}
    </details>
  );
}

function Remarks({ rows }: { rows: readonly RowRemark[] }) {
  const t = useT();
  return <>{rows.slice(0, SHOWN).map((one) => <p class="row slim" key={`${one.row} ${one.code} ${one.field}`}><b class="nb">{t(I.row, { n: one.row })}</b><span class="grow">{t(both(labelOf('left_out', one.code)))}</span></p>)}</>;
}

export function Preview({ found, marked }: { found: FoundInside; marked: string }) {
  const t = useT();
  const names = t.lang === 'zh' ? '、' : ', ';
  const fieldName = (field: string): string => (field === 'method' ? t(W.method) : t(both(labelOf('person_fields', field))));
  const remarks = found.left_out.length + found.doubts.length;
  return (
    <div class="two">
      <Villages found={found} />
      <div class="stack">
        {remarks === 0 ? <p class="card pad"><Icon name="tick" /> {t(I.noRemarks)}</p> : null}
        <Rows title={t(I.leftOut, { n: found.left_out.length })} n={found.left_out.length}><Remarks rows={found.left_out} /></Rows>
        <Rows title={t(I.doubts, { n: found.doubts.length })} n={found.doubts.length}><Remarks rows={found.doubts} /></Rows>
        {remarks > 0 ? <a class="btn" href={marked} download="marked.xlsx"><Icon name="bring" />{t(I.marked)}</a> : null}
        <Rows title={t(I.changes, { n: found.changes.length })} n={found.changes.length}>
          {found.changes.slice(0, SHOWN).map((one) => <p class="row slim" key={one.row}><b class="nb">{t(I.row, { n: one.row })}</b><span class="grow">{one.fields.map(fieldName).join(names)}</span></p>)}
        </Rows>
        {found.unknown_columns.length > 0 ? <p class="card pad soft">{t(I.unknownColumns, { names: found.unknown_columns.join(names) })}</p> : null}
        {found.other_sheets.length > 0 ? <p class="card pad soft">{t(I.otherSheets, { names: found.other_sheets.join(names) })}</p> : null}
      </div>
    </div>
  );
}
