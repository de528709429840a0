# frozen_string_literal: true

require "event"
require "language"

# Filters and conditions, compiled when the pipeline is read: what is not known stops the start.
# https://www.elastic.co/guide/en/logstash/7.16/filter-plugins.html
class Filters
  MUTATIONS = %w[add_field remove_field rename strip].freeze

  def self.check(plugin, allowed)
    unknown = plugin.settings.keys - allowed
    raise ArgumentError, "#{plugin.name} has settings that are not known: #{unknown.join(", ")}" unless unknown.empty?
  end

  # Calls `run` with each plugin that applies to the event, in order.
  def self.walk(stages, event, &run)
    taken = false
    stages.each do |stage|
      next run.call(stage, event) unless stage.is_a?(Language::Branch)

      applies = !(stage.otherwise && taken) && holds?(stage.condition, event)
      taken = applies || (stage.otherwise && taken)
      walk(stage.stages, event, &run) if applies
    end
  end

  # `[field]`, `![field]`, `[field] == "text"` and `[field] in ["text", …]`.
  def self.holds?(words, event)
    return true if words.empty?

    field = words.first.delete_prefix("!")
    raise ArgumentError, "the condition #{words.join(" ")} is not known" unless field.match?(/\A(\[[^\]]+\])+\z/)

    value = event.get(field)
    case words[1]
    when nil then words.first.start_with?("!") ? !value : !(value.nil? || value == false)
    when "==" then value == words[2].delete('"')
    when "in" then words[2..].map { |word| word.delete('"[],') }.include?(value)
    else raise ArgumentError, "the condition #{words.join(" ")} is not known"
    end
  end

  def initialize(stages, log)
    @stages = stages
    @log = log
    @code = {}
    compile(stages)
  end

  def run(event)
    Filters.walk(@stages, event) { |plugin, current| apply(plugin, current) }
    event
  end

  private

  def compile(stages)
    stages.each do |stage|
      next compile_branch(stage) if stage.is_a?(Language::Branch)

      case stage.name
      when "ruby"
        Filters.check(stage, %w[code])
        @code[stage.object_id] = eval("lambda { |event| #{stage.settings.fetch("code")}\n}", TOPLEVEL_BINDING)
      when "mutate" then Filters.check(stage, MUTATIONS)
      else raise ArgumentError, "the filter #{stage.name} is not known"
      end
    end
  end

  def compile_branch(branch)
    Filters.holds?(branch.condition, Event.new({}))
    compile(branch.stages)
  end

  def apply(plugin, event)
    plugin.name == "ruby" ? ruby(plugin, event) : mutate(plugin.settings, event)
  end

  # An exception in the code tags the event, which goes on.
  def ruby(plugin, event)
    @code.fetch(plugin.object_id).call(event)
  rescue StandardError => e
    @log.call("ERROR", "Ruby exception occurred: #{e.class}: #{e.message}")
    event.tag("_rubyexception")
  end

  # Common options such as add_field come after the filter's own.
  def mutate(settings, event)
    settings.fetch("rename", {}).each { |from, to| event.set(to, event.remove(from)) if event.include?(from) }
    Array(settings["strip"]).each { |field| event.set(field, event.get(field).strip) if event.get(field).is_a?(String) }
    settings.fetch("add_field", {}).each { |field, text| event.set(field, event.sprintf(text)) }
    Array(settings["remove_field"]).each { |field| event.remove(field) }
  end
end
