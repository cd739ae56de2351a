import '../../components/dialogs/dialogs.css';
import '../../components/side.css';
import './papers.css';
import type { RefObject } from 'preact';
import { texts, type CaseText, type TaskText } from '../../api/texts';
import type { UserTaskDetail } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import type { FormHandle } from '../../forms/handle';
import { useLoading } from '../../state/loading';
import { typedIn } from './formFields';
import { TextDraft } from './TextDraft';

interface TaskTextsProps {
  task: UserTaskDetail;
  form: RefObject<FormHandle>;
  /** After a new version: the task's variables are to be read anew. */
  onSaved: () => void;
}

interface Drafted {
  text: CaseText | undefined;
  /** The newest version as typed; empty while there is none. */
  content: string;
}

/** The text that a task drafts among those of its case: that of a called process is its own. */
async function readDrafted(task: UserTaskDetail, wanted: TaskText): Promise<Drafted> {
  if (!wanted.version) return { text: undefined, content: '' };
  const { items } = await texts.ofCase(task.processInstanceKey);
  const named = items.filter((each) => each.name === wanted.name);
  const text = named.find((each) => each.versions[0]?.version === wanted.version) ?? named[0];
  const newest = text?.versions[0];
  if (!text || !newest) return { text: undefined, content: '' };
  const { content } = await texts.version(text.processInstanceKey, text.name, newest.version);
  return { text, content: content.join('\n') };
}

function OneText({ task, wanted, form, onSaved }: TaskTextsProps & { wanted: TaskText }) {
  const loading = useLoading(() => readDrafted(task, wanted), [task.key, wanted.name, wanted.version]);
  const inForm = wanted.variable !== null && typedIn(task.form?.schema.components ?? [], wanted.variable);
  return (
    <section class="task-texts" aria-label={wanted.name}>
      <h3>
        {wanted.name}
        <span class="muted">{wanted.version ? `　现为第 ${wanted.version} 稿` : '　还没有稿'}</span>
      </h3>
      {wanted.frozen ? (
        <p class="banner">已经签定，不能再改；需要修改的，先退回到拟稿环节。</p>
      ) : (
        <Loaded of={loading}>
          {({ text, content }) => (
            <TextDraft
              key={text?.versions[0]?.version ?? 0}
              taskKey={task.key}
              name={wanted.name}
              text={text}
              content={content}
              field={inForm ? wanted.variable : null}
              form={form}
              onSaved={() => {
                loading.reload();
                onSaved();
              }}
            />
          )}
        </Loaded>
      )}
    </section>
  );
}

/** 正文: what a task drafts, version by version. */
export function TaskTexts(props: TaskTextsProps) {
  return (
    <>
      {props.task.texts?.map((wanted) => <OneText key={wanted.name} {...props} wanted={wanted} />)}
    </>
  );
}
