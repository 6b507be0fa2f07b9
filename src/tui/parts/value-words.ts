import type { Field, KindShape } from '../../lib/index.ts';

/** The words a field knows, for completion: yes and no, those of an enumeration, those beside numbers. */
export const valueWords = (field: Field | undefined): readonly string[] => (field ? wordsOf(field.kind.shape) : []);

function wordsOf(shape: KindShape): readonly string[] {
  switch (shape.name) {
    case 'flag':
      return ['yes', 'no'];
    case 'enum':
      return shape.values;
    case 'integer':
    case 'duration':
      return shape.words;
    case 'negatable':
      return wordsOf(shape.of);
    case 'list':
      return wordsOf(shape.of);
    default:
      return [];
  }
}

/** May hold several of them at once, joined by commas. */
export const takesSeveral = (field: Field | undefined): boolean => field !== undefined && isSeveral(field.kind.shape);

function isSeveral(shape: KindShape): boolean {
  if (shape.name === 'negatable') return isSeveral(shape.of);
  return shape.name === 'list' || (shape.name === 'enum' && shape.several === true);
}
