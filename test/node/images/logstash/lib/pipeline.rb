# frozen_string_literal: true

require "filters"
require "redis_input"
require "search_output"

# Inputs, each in a thread of its own, one worker for filters, and outputs in the order of the pipeline.
class Pipeline
  INPUTS = { "redis" => RedisInput }.freeze
  OUTPUTS = { "opensearch" => SearchOutput, "elasticsearch" => SearchOutput }.freeze
  QUEUED_BATCHES = 8

  def initialize(sections, log)
    @log = log
    @inputs = sections.fetch("input").map { |stage| create(INPUTS, stage) }
    @filters = Filters.new(sections.fetch("filter", []), log)
    @outputs = sections.fetch("output")
    @writers = {}
    prepare(@outputs)
    @queue = SizedQueue.new(QUEUED_BATCHES)
    @stopping = false
  end

  # Inputs end, and what they have taken is written.
  def stop
    @stopping = true
  end

  def run
    @log.call("INFO", "Pipeline started with #{@inputs.length} inputs and #{@writers.length} outputs")
    threads = @inputs.map do |input|
      Thread.new { input.run(-> { @stopping }) { |events| @queue.push(events) } }.tap { |thread| thread.abort_on_exception = true }
    end
    closing = Thread.new { threads.each(&:join) && @queue.close }
    while (events = @queue.pop)
      write(events.map { |event| @filters.run(event) })
    end
    closing.join
  end

  private

  def create(kinds, stage)
    kind = stage.is_a?(Language::Plugin) && kinds[stage.name]
    raise ArgumentError, "the plugin #{stage.is_a?(Language::Plugin) ? stage.name : "if"} is not known here" unless kind

    kind.new(stage, @log)
  end

  def prepare(stages)
    stages.each do |stage|
      if stage.is_a?(Language::Branch)
        Filters.holds?(stage.condition, Event.new({}))
        prepare(stage.stages)
      else
        @writers[stage.object_id] = create(OUTPUTS, stage)
      end
    end
  end

  # Each output gets the batch's events that come to it, in their order.
  def write(events)
    batches = Hash.new { |all, output| all[output] = [] }
    events.each do |event|
      Filters.walk(@outputs, event) { |stage, current| batches[@writers.fetch(stage.object_id)] << current }
    end
    @writers.each_value { |output| output.write(batches[output]) if batches.key?(output) }
  end
end
