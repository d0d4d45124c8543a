/** A tool of a coding agent, in the words that all formats share. */
export interface AgentTool {
  name: string
  description: string
  schema: {
    type: 'object'
    properties: Record<string, object>
    required: string[]
    additionalProperties: false
  }
}

const text = (description: string): object => ({ type: 'string', description })
const count = (description: string): object => ({ type: 'number', description })
const flag = (description: string): object => ({ type: 'boolean', description })

/** A field whose name ends in `?` may be left out. */
function tool(name: string, description: string, fields: Record<string, object>): AgentTool {
  const entries = Object.entries(fields).map(([field, schema]) => [field.replace(/\?$/, ''), schema] as const)
  const required = Object.keys(fields).filter((field) => !field.endsWith('?'))
  return {
    name,
    description,
    schema: { type: 'object', properties: Object.fromEntries(entries), required, additionalProperties: false },
  }
}

const path = text('Absolute path of the file')
const todo = {
  type: 'object',
  properties: {
    content: { type: 'string', minLength: 1 },
    status: { type: 'string', enum: ['pending', 'in_progress', 'completed'] },
  },
  required: ['content', 'status'],
  additionalProperties: false,
}

/** What agents for the terminal offer: about twenty tools, one of them of an MCP server. */
export const agentTools: readonly AgentTool[] = [
  tool('Bash', 'Runs a shell command', {
    command: text('The command'),
    'timeout?': count('Milliseconds'),
    'run_in_background?': flag('Go on at once'),
  }),
  tool('BashOutput', 'Output of a running command', { bash_id: text('Which one'), 'filter?': text('A pattern') }),
  tool('KillShell', 'Ends a running command', { shell_id: text('Which one') }),
  tool('Read', 'Reads a file', { file_path: path, 'offset?': count('First line'), 'limit?': count('How many lines') }),
  tool('Write', 'Writes a file', { file_path: path, content: text('All of it') }),
  tool('Edit', 'Replaces text in a file', {
    file_path: path,
    old_string: text('From'),
    new_string: text('To'),
    'replace_all?': { type: 'boolean', default: false },
  }),
  tool('NotebookEdit', 'Edits a cell of a notebook', {
    notebook_path: path,
    new_source: text('The cell'),
    'edit_mode?': { type: 'string', enum: ['replace', 'insert'] },
  }),
  tool('Glob', 'Finds files by name', { pattern: text('Such as **/*.ts'), 'path?': text('Where') }),
  tool('Grep', 'Finds lines by pattern', {
    pattern: text('A regular expression'),
    '-n?': flag('Line numbers'),
    '-A?': count('Lines after'),
    'glob?': text('Where'),
  }),
  tool('WebFetch', 'Reads a page', { url: { type: 'string', format: 'uri' }, prompt: text('What for') }),
  tool('WebSearch', 'Searches the web', {
    query: { type: 'string', minLength: 2 },
    'allowed_domains?': { type: 'array', items: { type: 'string' } },
  }),
  tool('TodoWrite', 'Keeps the list of things to do', { todos: { type: 'array', items: todo, minItems: 1 } }),
  tool('Task', 'Hands work to another', { description: text('Short'), prompt: text('All of it') }),
  tool('ExitPlanMode', 'Shows the plan', { plan: text('In Markdown') }),
  tool('Skill', 'Uses a skill', { command: text('Its name') }),
  tool('SlashCommand', 'Runs a command of the user', { command: text('With its arguments') }),
  tool('AskUserQuestion', 'Asks the user', {
    questions: {
      type: 'array',
      minItems: 1,
      maxItems: 4,
      items: { type: 'object', properties: { question: { type: 'string' } }, required: ['question'] },
    },
  }),
  tool('ListMcpResources', 'Lists resources of servers', { 'server?': text('Which one') }),
  tool('ReadMcpResource', 'Reads a resource', { server: text('Which one'), uri: text('Which resource') }),
  tool('mcp__github__create_issue', 'Opens an issue', {
    title: text('In a line'),
    'labels?': { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
  }),
]

/** As long as the instructions of an agent: thousands of words. */
export const instructions = Array.from(
  { length: 400 },
  (_, index) => `Rule ${index + 1}: keep changes small and run the tests.`,
).join('\n')
