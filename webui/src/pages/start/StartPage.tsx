import '../../styles/content.css';
import '../task/task.css';
import './start.css';
import { segments } from '../../state/route';
import { Catalogue } from './Catalogue';
import { StartCase } from './StartCase';

/** 发起: the catalogue, or the start form of one procedure. */
export function StartPage() {
  const procedureId = segments.value[1];
  return procedureId ? <StartCase key={procedureId} procedureId={procedureId} /> : <Catalogue />;
}
