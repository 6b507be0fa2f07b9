export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The hidden first word by which a script asks for candidates: `routeros-mcp __complete WORD...`, the last as far as it is typed. */
export const COMPLETE = '__complete';

/**
 * Bash cuts words at `=` and `:`, and replaces what stands behind the last cut: they are put together again for us, and what is in
 * front of the cut is taken off the candidates. Candidates that end in `=` or `/` go on without a blank. Written for bash 3.2, too.
 */
const BASH = `# bash completion of routeros-mcp: source <(routeros-mcp completion bash)
_routeros_mcp() {
  local -a words
  local line=$COMP_LINE word breaks cut= candidate nospace= i
  for (( i = 0; i <= COMP_CWORD; i++ )); do
    word=\${COMP_WORDS[i]}
    if (( i > 0 )) && [[ -n $COMP_LINE && $line != [[:space:]]* ]]; then
      words[\${#words[@]}-1]+=$word
    else
      line=\${line#"\${line%%[![:space:]]*}"}
      words+=("$word")
    fi
    line=\${line#"$word"}
  done
  word=\${words[\${#words[@]}-1]}
  breaks=\${COMP_WORDBREAKS//[^=:]/}
  if [[ -n $breaks && $word == *[$breaks]* ]]; then cut=\${word%"\${word##*[$breaks]}"}; fi
  COMPREPLY=()
  while IFS= read -r candidate; do
    [[ $candidate == *[=/] ]] && nospace=1
    candidate=\${candidate#"$cut"}
    if [[ $candidate == *[^A-Za-z0-9_./:=,@+%-]* ]]; then candidate=$(printf %q "$candidate"); fi
    COMPREPLY+=("$candidate")
  done < <(routeros-mcp ${COMPLETE} "\${words[@]:1}" 2>/dev/null </dev/null)
  if [[ -n $nospace ]] && type compopt >/dev/null 2>&1; then compopt -o nospace 2>/dev/null; fi
  return 0
}
complete -F _routeros_mcp routeros-mcp
`;

const ZSH = `#compdef routeros-mcp
# zsh completion of routeros-mcp: source <(routeros-mcp completion zsh), behind compinit
_routeros_mcp() {
  local -a found open closed
  local one
  found=("\${(@f)$(routeros-mcp ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null </dev/null)}")
  for one in "\${found[@]}"; do
    if [[ -z $one ]]; then continue
    elif [[ $one == *[=/] ]]; then open+=("$one")
    else closed+=("$one")
    fi
  done
  (( $#open )) && compadd -S '' -a open
  (( $#closed )) && compadd -a closed
  return 0
}
compdef _routeros_mcp routeros-mcp
`;

const FISH = `# fish completion of routeros-mcp: routeros-mcp completion fish | source
function __routeros_mcp_complete
    set -l words (commandline -opc)
    routeros-mcp ${COMPLETE} $words[2..-1] (commandline -ct) 2>/dev/null </dev/null
end
complete -c routeros-mcp -f -a '(__routeros_mcp_complete)'
`;

export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
