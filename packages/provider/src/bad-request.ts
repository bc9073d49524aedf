/** Why a request is a 400, or an option is refused: the value, the rule and the way out. */
export class BadRequest extends RangeError {
  override readonly name = 'BadRequest'
}
