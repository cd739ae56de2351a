/** The code of an open task; fetched ahead while the pointer rests on a row. */
export const loadTaskPane = () => import('../task/TaskPane').then((module) => module.TaskPane);
