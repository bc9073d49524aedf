/** Shells for which there is a script. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/** The word that makes the program answer a shell instead of a person. */
export const COMPLETE = '__complete'

/**
 * Each script asks the program itself: it prints a candidate in a line, a tab and its description, and in the last
 * line a directive after a colon.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# bash completion of hood-exports. In ~/.bashrc: source <(hood-exports completion bash)
_hood_exports() {
  local IFS=$'\\n' line directive=words current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  local -a words=()
  for line in $("$1" ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
    case $line in
      :*) directive=\${line#:} ;;
      *) words+=("\${line%%$'\\t'*}") ;;
    esac
  done
  case $directive in
    files) COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames; return ;;
    directories) COMPREPLY=($(compgen -d -- "$current")); compopt -o filenames; return ;;
    open) compopt -o nospace ;;
  esac
  # bash breaks words at =, and wants the part after it.
  for line in "\${words[@]}"; do
    [[ $line == --*=* && $COMP_WORDBREAKS == *=* ]] && line=\${line#*=}
    [[ $line == *[\\<\\>]* ]] && line=$(printf '%q' "$line")
    COMPREPLY+=("$line")
  done
}
complete -F _hood_exports hood-exports
`,
  zsh: `#compdef hood-exports
# zsh completion of hood-exports. In ~/.zshrc, after compinit: source <(hood-exports completion zsh)
_hood_exports() {
  local line directive=words
  local -a described
  for line in "\${(@f)$("\${words[1]}" ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      (:*) directive=\${line#:} ;;
      (?*) described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  case $directive in
    (files) _files ;;
    (directories) _files -/ ;;
    (open) _describe 'value' described -S '' ;;
    (*) _describe 'hood-exports' described ;;
  esac
}
if [[ $funcstack[1] == _hood_exports ]]; then _hood_exports; else compdef _hood_exports hood-exports; fi
`,
  fish: `# fish completion of hood-exports. Once: hood-exports completion fish > ~/.config/fish/completions/hood-exports.fish
function __hood_exports_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] ${COMPLETE} $words[2..-1] 2>/dev/null)
  switch "$lines[-1]"
    case :files
      __fish_complete_path (commandline -ct)
    case :directories
      __fish_complete_directories (commandline -ct)
    case '*'
      string match --invert -- ':*' $lines
  end
end
complete -c hood-exports -f -a '(__hood_exports_complete)'
`,
  powershell: `# PowerShell completion of hood-exports. In $PROFILE: hood-exports completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName hood-exports -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '""' }
  & hood-exports ${COMPLETE} @words 2>$null | Where-Object { $_ -notlike ':*' } | ForEach-Object {
    $word, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $description)
  }
}
`,
}
