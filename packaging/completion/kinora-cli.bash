# Completion of kinora-cli for bash: the program itself tells what fits.
_kinora_cli() {
  local word=${COMP_WORDS[COMP_CWORD]} line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("${line%%$'\t'*}"); done < <(kinora-cli complete -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$word" 2>/dev/null)
  [ ${#COMPREPLY[@]} -eq 0 ] && compopt -o default
}
complete -F _kinora_cli kinora-cli
