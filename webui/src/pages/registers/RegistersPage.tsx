import './registers.css';
import { useMemo } from 'preact/hooks';
import { registers, type CaseRegister } from '../../api/registers';
import { Empty, Loaded } from '../../components/Loaded';
import { SidePage } from '../../components/SidePage';
import { useLoading } from '../../state/loading';
import { ExportsView } from './ExportsView';
import { RegisterView } from './RegisterView';

function Registers({ items }: { items: CaseRegister[] }) {
  // A place keeps its component as long as the list stands, else it would begin anew at each drawing.
  const places = useMemo(
    () => items.map((item) => ({ id: item.id, label: item.title, view: () => <RegisterView register={item} /> })),
    [items],
  );
  if (!places.length) return <Empty>没有您可以查看的台账。</Empty>;
  return (
    <SidePage
      label="台账"
      groups={[{ places }, { label: '导出', places: [{ id: 'exports', label: '导出记录', view: ExportsView }] }]}
    />
  );
}

/** 台账: the registers that are for the one who looks. */
export function RegistersPage() {
  const loading = useLoading(() => registers.list(), []);
  return <Loaded of={loading}>{({ items }) => <Registers items={items} />}</Loaded>;
}
