import type { Argument, Block, Node, Statement } from './syntax.ts';
import { inOrder, textOf } from './value.ts';

/** How `:parse` shows what it has read. */
export function showBlock({ statements, opening }: Block): string {
  return [...(opening === undefined ? [] : [showMenu(opening)]), ...statements.map(showStatement)].join(';');
}

const showMenu = (menu: string): string => (menu === '/' ? '/' : `${menu}/`);

function showStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'enter':
      return showMenu(statement.menu);
    case 'scope':
      return `${statement.menu === undefined ? '' : `${showMenu(statement.menu)};`}${inner(statement.block)}`;
    case 'call':
      return `(<%% ${[showNode(statement.target), `(> ${showNode(statement.target)})`].join(' ')}${statement.arguments
        .map((argument) => `;${showArgument(argument, false)}`)
        .join('')})`;
    case 'unknown':
      return `(<%% ${statement.message} ${statement.words.join(';')})`;
    case 'command': {
      const path = `${statement.menu === '/' ? '' : statement.menu}/${statement.name}`;
      if (statement.problem !== undefined) return `(evl ${statement.problem} ${path})`;
      const named = [...statement.arguments]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((argument) => showArgument(argument, statement.menu === '/'));
      const where = statement.where ? [`where=${statement.where.map(showNode).join(';')}`] : [];
      return `(evl ${path}${[...named, ...where].join(';')})`;
    }
  }
}

function showArgument({ name, value, negated }: Argument, anywhere: boolean): string {
  if (negated) return `!${name}`;
  if (/^\d+$/.test(name)) return value ? showNode(value) : '';
  if (!value) return name;
  const variable = anywhere && name === 'name' && value.kind === 'value' && value.value.type === 'str';
  return `${name}=${variable ? `$${textOf(value.value)}` : value.kind === 'closure' ? `;${inner(value.block)}` : showNode(value)}`;
}

/** Commands inside an expression. */
function inner({ statements, opening }: Block): string {
  return `(evl ${[...(opening === undefined ? [] : [showMenu(opening)]), ...statements.map(showStatement)].join(' ')})`;
}

function showNode(node: Node): string {
  switch (node.kind) {
    case 'value':
      return textOf(node.value);
    case 'text':
      return `(. ${node.parts.map((part) => (typeof part === 'string' ? part : showNode(part))).join(' ')})`;
    case 'variable':
      return `$${node.name}`;
    case 'code':
      return inner(node.block);
    case 'closure':
      return inner(node.block);
    case 'array':
      return inOrder(
        node.members.map(({ key, value }) => ({ ...(key === undefined ? {} : { key }), value: { type: 'str', text: showNode(value) } })),
      )
        .map(({ key, value }) => (key === undefined ? textOf(value) : `${key}=${textOf(value)}`))
        .join(';');
    case 'operation':
      return `(${node.operator} ${node.operands.map(showNode).join(' ')})`;
  }
}
