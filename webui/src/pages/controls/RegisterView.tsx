import { useState } from 'preact/hooks';
import { procedures } from '../../api/endpoints';
import { supervision, type Control, type Register } from '../../api/supervision';
import { Empty, Loaded } from '../../components/Loaded';
import { SearchField } from '../../components/SearchField';
import { useLoading } from '../../state/loading';
import { showDone } from '../../state/notices';
import { permissions } from '../../state/permissions';
import { PublishDialog } from './PublishDialog';
import { matches, mechanismOf, roleWords, STRENGTHS, watchedBy } from './words';

const MANY = 4;

function Listed({ words, mono = false }: { words: string[]; mono?: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all ? words : words.slice(0, MANY);
  return (
    <>
      <span class={mono ? 'cell-code' : undefined}>{shown.join('、')}</span>
      {words.length > MANY && (
        <>
          {' '}
          <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? '收起' : `等 ${words.length} 个`}
          </button>
        </>
      )}
    </>
  );
}

function ControlItem({ control, names }: { control: Control; names: ReadonlyMap<string, string> }) {
  const strength = STRENGTHS[control.strength];
  const { procedures: watched, where } = watchedBy(control, names);
  return (
    <li class="control">
      <div class="control-head">
        <span class="cell-code control-id">{control.id}</span>
        <h2>{control.title}</h2>
        <span class={strength.tone} title={strength.note}>
          {strength.word}
        </span>
      </div>
      {control.lines.length > 0 && <blockquote class="quoted">{control.words}</blockquote>}
      <dl class="control-facts">
        {control.basis && (
          <div>
            <dt>依据</dt>
            <dd>{control.basis}</dd>
          </div>
        )}
        <div>
          <dt>方式</dt>
          <dd>
            {mechanismOf(control)}
            {control.carriedBy ? `：${control.carriedBy}` : ''}
          </dd>
        </div>
        {(watched.length > 0 || where.length > 0) && (
          <div>
            <dt>监控</dt>
            <dd>
              <Listed words={watched} />
              {where.length > 0 && (
                <span class="muted">
                  {' '}
                  · <Listed words={where} />
                </span>
              )}
            </dd>
          </div>
        )}
        {control.overridableBy.length > 0 && (
          <div>
            <dt>可批准例外</dt>
            <dd>{control.overridableBy.map(roleWords).join('、')}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function RegisterList({ register, names }: { register: Register; names: ReadonlyMap<string, string> }) {
  const [search, setSearch] = useState('');
  const [strength, setStrength] = useState('');
  const found = register.items.filter((control) => matches(control, search, strength));
  const count = (wanted: string) => register.items.filter((control) => control.strength === wanted).length;
  return (
    <>
      <div class="filters list-filters">
        <SearchField label="搜索控制" placeholder="搜索编号、名称、清单原文" value={search} onSearch={setSearch} />
        <select
          class="input select"
          aria-label="按强度筛选"
          value={strength}
          onChange={(event) => setStrength(event.currentTarget.value)}
        >
          <option value="">全部强度（{register.items.length}）</option>
          {Object.entries(STRENGTHS).map(([id, { word, note }]) => (
            <option key={id} value={id}>
              {word}（{count(id)}）：{note}
            </option>
          ))}
        </select>
      </div>
      {found.length ? (
        <ol class="control-list" aria-label="控制">
          {found.map((control) => (
            <ControlItem key={control.id} control={control} names={names} />
          ))}
        </ol>
      ) : (
        <Empty>没有符合条件的控制。</Empty>
      )}
    </>
  );
}

async function load() {
  const [register, catalogue] = await Promise.all([supervision.register(), procedures.list()]);
  const names = new Map(
    catalogue.departments.flatMap((department) => department.procedures.map(({ id, name }) => [id, name] as const)),
  );
  return { register, names };
}

/** 控制登记册: each control with the duty list's own words, its strength, and what it watches. */
export function RegisterView() {
  const loading = useLoading(load, []);
  const [publishing, setPublishing] = useState(false);
  return (
    <>
      <div class="page-head">
        <h1>控制登记册</h1>
        {permissions().system && (
          <button type="button" class="button" onClick={() => setPublishing(true)}>
            发布新版本
          </button>
        )}
      </div>
      <Loaded of={loading}>
        {({ register, names }) => (
          <>
            <p class="page-lead">
              职责清单中的廉政风险点和防控措施，逐条对应到流程环节。
              {register.version && <>现行版本 {register.version.slice(0, 12)}。</>}
            </p>
            <RegisterList register={register} names={names} />
          </>
        )}
      </Loaded>
      {publishing && (
        <PublishDialog
          onClose={() => setPublishing(false)}
          onDone={(fresh) => {
            setPublishing(false);
            showDone(fresh ? '新的登记册已生效。' : '内容与现行登记册相同，没有变化。');
            loading.reload();
          }}
        />
      )}
    </>
  );
}
