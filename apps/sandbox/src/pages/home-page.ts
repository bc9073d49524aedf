export function homePage(_options: { faults: 'on' | 'off'; control: 'on' | 'off' }): string {
  return '<!doctype html><title>Hood exports sandbox</title>'
}
