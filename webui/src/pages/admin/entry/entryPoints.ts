import type { TickGroup } from '../../../components/fields/TickPicker';

/** Elements at which a case can stand: where somebody or something is waited for. */
const WAITING: Record<string, string> = {
  userTask: '人工环节',
  receiveTask: '等待消息',
  intermediateCatchEvent: '等待事件',
  callActivity: '子流程',
};

export interface EntryPoints {
  elements: TickGroup[];
  /** Time limits that the diagram starts, by id, with the element that starts each. */
  limits: Array<{ id: string; startedBy: string }>;
}

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const ZEEBE = 'http://camunda.org/schema/zeebe/1.0';

const children = (root: Document, space: string, name: string) => Array.from(root.getElementsByTagNameNS(space, name));

function limitsOf(root: Document): EntryPoints['limits'] {
  const found = new Map<string, string>();
  for (const property of children(root, ZEEBE, 'property')) {
    const value = property.getAttribute('value') ?? '';
    if (property.getAttribute('name') !== 'clock.start' || value.startsWith('=')) continue;
    const element = property.closest('[id]');
    for (const id of value.split(/[,，]/).map((each) => each.trim())) {
      if (id && !found.has(id)) found.set(id, element?.getAttribute('name') ?? '');
    }
  }
  return Array.from(found, ([id, startedBy]) => ({ id, startedBy }));
}

/** Reads from a diagram where a case may be entered, and which time limits may run already. */
export function entryPoints(xml: string): EntryPoints {
  const root = new DOMParser().parseFromString(xml, 'application/xml');
  const elements = Object.entries(WAITING).map(([kind, name]) => ({
    id: kind,
    name,
    items: children(root, BPMN, kind).map((element) => ({
      id: element.getAttribute('id') ?? '',
      name: element.getAttribute('name') || (element.getAttribute('id') ?? ''),
    })),
  }));
  return { elements: elements.filter((group) => group.items.length), limits: limitsOf(root) };
}
