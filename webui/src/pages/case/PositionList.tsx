import type { CaseState } from '../../diagram/fold';
import type { ElementNames } from '../../diagram/names';

/** Where the case stands after the step, in words: the diagram cannot be read aloud. */
export function PositionList({ state, names }: { state: CaseState; names: ElementNames }) {
  const current = Array.from(state.active.values())
    .map((element) => names.get(element.elementId))
    .filter((name) => name !== undefined);
  const incidents = new Set(Array.from(state.incidents.values()).map((element) => element.elementId));
  return (
    <section class="sheet">
      <h2>此时所在</h2>
      {current.length ? (
        <ul class="plain-list">
          {current.map((element, position) => (
            <li key={`${element.id}/${position}`}>
              <b>{element.name}</b> <span class="muted">{element.kind}</span>
              {incidents.has(element.id) && <span class="tag tag-danger">异常</span>}
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted">已结束。</p>
      )}
    </section>
  );
}
